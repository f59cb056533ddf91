/** Asks again until the answer is as wanted; fails with the last answer after the limit. */
export async function waitFor<Value>(
  ask: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
  limitMs = 60_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await ask();
    if (isWanted(value)) return value;
    if (Date.now() > end) throw new Error(`Not as wanted after ${limitMs} ms: ${JSON.stringify(value).slice(0, 500)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
