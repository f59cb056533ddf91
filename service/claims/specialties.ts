import type { DuckDb } from '../store/duckDb.ts';

/** Asks the registry for every specialty of providers, as taxonomy codes: all slots of each NPI; who is not known is left out. */
export type SpecialtiesOf = (npis: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** Providers asked for at once. */
const BATCH = 10_000;

/** Writes down what the registry knows of all performers, so that a market can ask for a taxonomy code that the file lacks. */
export async function keepSpecialties(db: DuckDb, specialtiesOf: SpecialtiesOf): Promise<void> {
  const providers = await db.all<{ no: number; npi: string }>(
    `SELECT no, npi FROM parties WHERE npi IS NOT NULL AND no IN (SELECT performing FROM cells) ORDER BY no`,
  );
  const found: { party: number; specialty: string }[] = [];
  for (let start = 0; start < providers.length; start += BATCH) {
    const batch = providers.slice(start, start + BATCH);
    const known = await specialtiesOf(batch.map(({ npi }) => npi));
    for (const { no, npi } of batch)
      for (const specialty of new Set(known.get(npi))) found.push({ party: no, specialty });
  }
  await db.transaction(async (tx) => {
    await tx.run('DELETE FROM party_specialties');
    for (let start = 0; start < found.length; start += BATCH)
      await tx.run(
        `INSERT INTO party_specialties SELECT (s->>'party')::INTEGER, s->>'specialty' FROM (SELECT unnest(from_json(?, '["JSON"]')) AS s)`,
        [JSON.stringify(found.slice(start, start + BATCH))],
      );
    // Markets by taxonomy count anew.
    await tx.run('UPDATE markets SET revision = revision + 1');
  });
}
