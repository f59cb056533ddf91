import { finishPlan } from '../../service/core/optimize/finishPlan.ts';
import { prepareFiles } from '../../service/core/optimize/solveFiles.ts';
import { asSolved, requestOf, type SolvedTexts } from './planTexts.ts';

/*
 * A plan by hand, six columns wide: A has the first two, B the middle, C the last two. The edges between the first two
 * columns and the rest are missing, so one bridge joins them. Unit u9 is huge; B has it, C has one of its accounts.
 */
const SIZE = 6;
const columnOf = (u: number) => u % SIZE;
const unitRows = Array.from({ length: SIZE * SIZE }, (_, u) => {
  const hours = u === 9 ? 10 : 1 + (u % 5) / 10;
  const dollars = u === 9 ? 8 : 1 + (u % 7) / 20;
  const today = u === 3 ? 'A' : u === 0 ? '' : 'ABC'[Math.floor(columnOf(u) / 2)];
  const group = u === 12 || u === 13 ? 'g' : '';
  const lock = u === 34 ? 'C' : u === 33 ? 'yes' : '';
  return `u${u},${42 - 0.1 * Math.floor(u / SIZE)},${-72 + 0.1 * columnOf(u)},${hours},${dollars},${group},${lock},${today}`;
});
const edgeRows = unitRows.flatMap((_, u) => [
  ...(columnOf(u) === SIZE - 1 || columnOf(u) === 1 ? [] : [`u${u},u${u + 1}`]),
  ...(u + SIZE < unitRows.length ? [`u${u},u${u + SIZE}`] : []),
]);
export const handTexts = {
  units: `unit,lat,lon,hours,dollars,group,lock,current\n${unitRows.join('\n')}`,
  edges: `unit,unit\n${edgeRows.join('\n')}`,
  territories: 'territory,lat,lon,share\nA,,,1\nB,,,1.1\nC,41.75,-71.55,1\n',
  accounts: 'account,unit,hours,dollars\nx,u9,5,4\ny,u9,2,2\nz,u9,0.4,0.5\nw,u20,0.1,0.1\n',
  rules: 'rule,a,b,value\napart,u1,u2\nforbid,u35,A\nmax_km,C,,32\nmin,A,hours,10\n',
};

/** The plan by hand, with other files where given. */
export function byHand(given: Partial<typeof handTexts> = {}): SolvedTexts {
  const request = requestOf(
    { ...handTexts, ...given },
    {
      measures: [
        { name: 'hours', tolerance: 0.2 },
        { name: 'dollars', tolerance: 0.2 },
      ],
    },
  );
  const ready = prepareFiles(request);
  const at = (name: string) => ready.ground.roster.names.indexOf(name);
  const owners = [
    ...ready.nodes.nodes.map(([u]) => at('ABC'[Math.floor(columnOf(u!) / 2)]!)),
    ...ready.parts.map(({ accounts }) => at(accounts.includes(0) ? 'C' : 'B')),
  ];
  const prices = [0.9, -0.2, 0.1, 0.4, -0.3, 0];
  return asSolved(request, finishPlan(ready, { owners, bound: { value: 0, prices }, steps: 7, stopped: false }));
}
