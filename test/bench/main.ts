/**
 * `npm run bench`: the figures that the product promises, each over several runs. Prints median, least and most.
 * `npm run bench -- claims [ROWS]`: the claims side, with a national file of ten million rows.
 * `npm run bench -- faults`: publishing under trouble of the org and deaths of the service (`--help`).
 * `npm run bench -- optimize`: the balancing engine, size by size and seed by seed (`--help` tells the sizes).
 * `npm run bench -- insights`: white space, sizing and audit on generated markets with planted truth, and their time at national size.
 * `npm run bench -- sync [ACCOUNTS]`: a first publish of 100,000 accounts, and its repeat.
 * `npm run bench -- map [RUNS]`: the map in a browser, by itself and inside a sandboxed realm like Lightning's.
 * `npm run bench -- answers`: how fast the service answers while a plan is computed.
 * `npm run bench -- org`: the stand-in Salesforce, through a real client.
 */
const [what, ...args] = process.argv.slice(2);

if (what === 'optimize') {
  const { optimizeBench } = await import('./optimize/main.ts');
  await optimizeBench(args);
} else if (what === 'claims') {
  const [{ claims }, { national }] = await Promise.all([import('./claims.ts'), import('./claims/national.ts')]);
  // first: memory is told of the whole process
  await national(Number(args[0] ?? 10_000_000));
  await claims();
} else if (what === 'faults') {
  const { faultsBench } = await import('./faults/main.ts');
  await faultsBench(args);
} else if (what === 'answers') {
  const { answersBench } = await import('./answers.ts');
  await answersBench();
} else if (what === 'org') {
  const { orgBench } = await import('./org.ts');
  await orgBench();
} else if (what === 'insights') {
  const { insightsBench } = await import('./insights/main.ts');
  await insightsBench(args);
} else if (what === 'map') {
  const { mapBench } = await import('./map/main.ts');
  await mapBench(Number(args[0] ?? 5));
} else if (what === 'sync') {
  const { syncBench } = await import('./sync/main.ts');
  await syncBench(Number(args[0] ?? 100_000));
} else if (what === undefined) {
  const [{ claims }, { engine }] = await Promise.all([import('./claims.ts'), import('./engine.ts')]);
  await claims();
  await engine(7_500, 25);
  await engine(33_000, 20);
} else {
  process.stderr.write(
    `No bench is called "${what}": run without a name, or with "answers", "claims", "insights", "optimize", "map", "org", "sync" or "faults".\n`,
  );
  process.exitCode = 2;
}
