import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { seeded } from '../../service/core/random.ts';
import { claimsWorld, vendorText } from '../kit/claimsWorld.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
let good: string;
beforeAll(async () => {
  world = await claimsWorld();
  good = (await world.claims.importClaims(world.write('good.csv', vendorText({ count: 20 })))).id;
});
afterAll(() => world.close());

const random = seeded(20261125);
const whole = (below: number) => Math.floor(random() * below);
const text = Buffer.from(
  vendorText(
    ...Array.from({ length: 40 }, (_, i) => ({
      count: 11 + i,
      code: `BW${100 + (i % 7)}`,
      performingZip: i % 3 ? '02115' : '2116',
    })),
  ),
);
const WEIRD = ['"', '""', '\r', '\n', '\n\n\n', '\0', '\uFEFF', ',,,,', '\t', ';', '\u2028', '💉', '-1', '1e309', 'NaN', "'; DROP TABLE cells; --", '\x1f']; // prettier-ignore

/** One broken file: bytes changed, cut out, put in, repeated, cut off, packed and cut off, or recoded. */
function mutant(kind: number): Buffer {
  const at = whole(text.length);
  const some = text.subarray(at, at + 1 + whole(200));
  switch (kind % 8) {
    case 0: {
      const bytes = Buffer.from(text);
      for (let i = 0; i < 20; i++) bytes[whole(bytes.length)] = whole(256);
      return bytes;
    }
    case 1:
      return Buffer.concat([text.subarray(0, at), text.subarray(at + some.length)]);
    case 2:
      return Buffer.concat([text.subarray(0, at), Buffer.from(WEIRD[whole(WEIRD.length)] ?? ''), text.subarray(at)]);
    case 3:
      return Buffer.concat([text.subarray(0, at), some, some, some, text.subarray(at)]);
    case 4:
      return text.subarray(0, at);
    case 5: {
      const packed = gzipSync(text);
      return packed.subarray(0, whole(packed.length));
    }
    case 6: {
      const packed = gzipSync(text);
      packed[whole(packed.length)] = whole(256);
      return packed;
    }
    default:
      return Buffer.from(text.toString('latin1'), kind % 2 ? 'utf16le' : 'latin1');
  }
}

describe('120 broken files', () => {
  it('are each read with every row accounted for, or refused in a sentence; what was loaded stays', async () => {
    const outcomes = { read: 0, refused: 0 };
    for (let i = 0; i < 120; i++) {
      const data = mutant(i);
      const before = (await world.claims.imports()).length;
      const outcome = await world.claims
        .importClaims(world.write('mutant.csv', data), { name: 'mutant.csv', withMarket: false })
        .catch((error: unknown) => error);
      const now = await world.claims.imports();
      if (outcome instanceof BailiwickError) {
        expect(['file_not_recognized', 'mapping_needed'], outcome.message).toContain(outcome.code);
        expect(outcome.action).toBeTruthy();
        expect(now).toHaveLength(before);
        outcomes.refused++;
      } else {
        expect(outcome, `mutant ${i}: ${String(outcome)}`).not.toBeInstanceOf(Error);
        const { rowsRead, rowsKept, rowsSetAside, setAside } = outcome as Awaited<
          ReturnType<typeof world.claims.report>
        >;
        expect(rowsRead).toBe(rowsKept + rowsSetAside);
        expect(setAside.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsSetAside);
        outcomes.read++;
      }
      expect(now.some(({ id }) => id === good)).toBe(true);
    }
    // both ends are met: a test that only refuses, or only reads, shows nothing
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(20);
  }, 120_000);
});
