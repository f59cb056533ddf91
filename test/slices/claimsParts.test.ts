import { describe, expect, it } from 'vitest';
import type { Claims } from '../../service/claims/claims.ts';
import { claimsWorld, vendorText, type VendorRow } from '../kit/claimsWorld.ts';

const PROVIDERS = 60;

/** One cell for each provider, all counts different; a second delivery changes every third a little. */
const delivery = (change: number): string =>
  vendorText(
    ...Array.from({ length: PROVIDERS }, (_, i): VendorRow => {
      const count = 100 + i * 20 + (i % 3 === 0 ? change : 0);
      return { performing: String(2_900_000_000 + i), count, paid: count * 10, month: '2026-03' };
    }),
  );

async function linesOf(claims: Claims): Promise<unknown> {
  const { id } = (await claims.markets())[0]!;
  const { lines, procedures } = await claims.lines(id, {}, { offset: 0, limit: 500 });
  return { procedures, lines: lines.map(({ providerId, services }) => `${providerId} ${services}`).sort() };
}

/** Both deliveries, written in pieces of this many cells. */
async function imported(
  cellsAtOnce: number | undefined,
): Promise<{ first: unknown; second: unknown; hashes: string[] }> {
  const world = await claimsWorld();
  const load = (name: string, text: string) =>
    world.claims.importClaims(world.write(name, text), { name, cellsAtOnce });
  const a = await load('june.csv', delivery(0));
  const first = await linesOf(world.claims);
  const b = await load('july.csv', delivery(4));
  const second = await linesOf(world.claims);
  await world.close();
  return { first, second, hashes: [a.contentHash, b.contentHash] };
}

describe('a file whose cells are written in several transactions', () => {
  it('has each cell once, and is known again by the same hash', async () => {
    const [whole, parts] = [await imported(undefined), await imported(7)];
    expect((whole.first as { lines: string[] }).lines).toHaveLength(PROVIDERS);
    expect(parts).toEqual(whole);
  });

  it('is guarded against the delivery before it in every part', async () => {
    const { second } = await imported(7);
    const counts = (second as { lines: string[] }).lines.map((line) => Number(line.split(' ')[1]));
    // 4 more than before would tell of 4: the difference stands as 5.5
    const changed = counts.filter((count) => Number.isNaN(count) || !Number.isInteger(count / 20));
    expect(changed).toHaveLength(PROVIDERS / 3);
  });
});
