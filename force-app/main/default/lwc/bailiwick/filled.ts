/** A text with its places taken: `{0}` by the first value, `{1}` by the second. A translator may put them in any order. */
export function filled(text: string, ...values: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (place, n: string) =>
    Number(n) < values.length ? String(values[Number(n)]) : place,
  );
}
