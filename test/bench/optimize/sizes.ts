/** One row of the table: an instance, how it is solved, and what is promised (optimizer.md, "Numbers to reach"). */
export interface Row {
  readonly name: string;
  readonly kind: 'fresh' | 'tiny' | 'replan' | 'repAdded' | 'repRemoved';
  readonly ground: string;
  readonly k: number;
  readonly measures: number;
  readonly effort: number;
  /** ± ratio where it is not what the command says. */
  readonly tolerance?: number;
  /** Whether HiGHS solves the transport problem of this size in seconds. */
  readonly exact: boolean;
  readonly goal: string;
}

function row(name: string, k: number, goal: string, given: Partial<Row> = {}): Row {
  return { name, kind: 'fresh', ground: 'national', k, measures: 2, effort: 1, exact: false, goal, ...given };
}

/** So small that HiGHS finds the best contiguous plan; the ranges are wide, because single units are a large part of a target. */
const TINY: Partial<Row> = { kind: 'tiny', exact: true };

/** Rows by the word that asks for them. */
export const SIZES: Readonly<Record<string, readonly Row[]>> = {
  state: [
    row('one state, k 25', 25, '2 s; median 100 %, worst ≥ 90 % in ±5 %; gap ≤ 2.5 %', {
      ground: 'state',
      exact: true,
    }),
  ],
  tiny: [
    row('36 units, k 2, against the best plan', 2, 'no promise', { ...TINY, ground: 'points:36', tolerance: 0.15 }),
    row('25 units, k 3, against the best plan', 3, 'no promise', { ...TINY, ground: 'points:25', tolerance: 0.2 }),
  ],
  counties: [row('counties, k 50', 50, 'no promise', { ground: 'counties', exact: true })],
  k20: [row('33k, k 20', 20, '15 s; 100 %; gap median ≤ 3 %, worst ≤ 5 %')],
  k50: [row('33k, k 50', 50, '15 s; 100 %; gap median ≤ 3 %, worst ≤ 5 %')],
  k100: [row('33k, k 100', 100, '30 s; median 100 %, worst ≥ 95 %; gap ≤ 4 %')],
  k200: [row('33k, k 200', 200, '30 s; median 100 %, worst ≥ 95 %; gap ≤ 4 %')],
  k300: [row('33k, k 300, account splits', 300, '30 s; median ≥ 98 %, worst ≥ 95 %')],
  k1000: [row('33k, k 1000, account splits', 1000, '60 s; ≥ 95 % in ±5 %, 99 % in ±10 %; ≤ 1 GB')],
  one: [
    row('one measure, one state, k 25', 25, '2 s; 100 %; gap ≤ 1-1.5 %', { ground: 'state', measures: 1, exact: true }),
    row('one measure, 33k, k 20', 20, '15 s; 100 %; gap ≤ 1-1.5 %', { measures: 1 }),
    row('one measure, 33k, k 100', 100, '30 s; 100 %; gap ≤ 1-1.5 %', { measures: 1 }),
    row('one measure, 33k, k 300', 300, '30 s; 100 %; gap ≤ 1-1.5 %', { measures: 1 }),
  ],
  first: [
    row('first legal plan, k 100', 100, '5 s; ≥ 90 % in ±15 %', { effort: 0 }),
    row('first legal plan, k 300', 300, '5 s; ≥ 75 % in ±15 %', { effort: 0 }),
    row('first legal plan, k 1000', 1000, '5 s; ≥ 60 % in ±15 %', { effort: 0 }),
  ],
  replan: [
    row('10 % changed, k 20', 20, '10 s; 100 %; moved ≤ 2 %', { kind: 'replan' }),
    row('10 % changed, k 100', 100, '10 s; 100 %; moved ≤ 2 %', { kind: 'replan' }),
  ],
  rep: [
    row('one rep added, k 200', 200, '10 s; 100 %; moved ≤ 1.5 x flow', { kind: 'repAdded' }),
    row('one rep removed, k 200', 200, '10 s; 100 %; moved ≤ 1.5 x flow', { kind: 'repRemoved' }),
  ],
};
