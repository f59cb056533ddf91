import { dollars, percent } from '../core/findings.ts';
import type { SheetLine } from '../core/textPdf.ts';
import type { Audit } from './answers.ts';

const WORDS: Readonly<Record<string, string>> = { workloadHours: 'Hours', potentialUsd: 'Market potential' };
/** Columns of the table in points from the left edge. */
const [AT_TODAY, AT_BEST] = [230, 350];

/** One page to print: how fair the map is, what it leaves uncovered, what a good plan would gain. */
export function auditSheet(audit: Audit): SheetLine[] {
  const { today, best, withoutOwner, pockets, merges } = audit;
  const quiet = (text: string): SheetLine => ({ text, style: 'quiet' });
  const row = (text: string, now: string, then: string): SheetLine => ({
    text,
    columns: [
      { at: AT_TODAY, text: now },
      { at: AT_BEST, text: then },
    ],
  });
  const what = audit.basis === 'owners' ? 'the map that the owners of accounts make' : audit.planName;
  return [
    { text: `How good is today’s map? ${what}`, style: 'title' },
    quiet(`${audit.at.slice(0, 10)} · ${audit.source.label}, ${audit.source.period}`),
    { text: 'How fair', style: 'head' },
    row('', 'Today', best ? 'A good plan' : ''),
    ...today.fairness.flatMap(({ measure, tolerance, onTarget, worst, variation }, k) => {
      const then = best?.figures.fairness[k];
      const name = WORDS[measure] ?? measure;
      return [
        row(
          `${name}: on target (± ${Math.round(tolerance * 100)} %)`,
          `${onTarget} of ${today.territories}`,
          then ? `${then.onTarget} of ${today.territories}` : '',
        ),
        row(`${name}: farthest from target`, signed(worst), then ? signed(then.worst) : ''),
        row(`${name}: variation`, percent(variation), then ? percent(then.variation) : ''),
      ];
    }),
    row(
      'Overloaded, over 115 % of the hours',
      `${today.bands.overloaded}`,
      best ? `${best.figures.bands.overloaded}` : '',
    ),
    row('Under-used, under 70 %', `${today.bands['under-used']}`, best ? `${best.figures.bands['under-used']}` : ''),
    row('Hours on the road a year', hours(today.travelHours), best ? hours(best.figures.travelHours) : ''),
    best
      ? quiet(
          `The good plan keeps the seats and moves ${best.zips} ZIPs, ${percent(best.accountsShare)} of accounts and ${percent(best.salesShare)} of sales.`,
        )
      : quiet(`No plan was computed: ${audit.impossible ?? ''}`),
    { text: 'What it leaves uncovered', style: 'head' },
    {
      text: `In no territory: ${dollars(withoutOwner.potentialUsd)} of market potential in ${withoutOwner.units} ZIPs.`,
    },
    { text: `Worked by nobody: ${dollars(audit.uncoveredUsd)} of ${dollars(audit.demandUsd)}.` },
    ...pockets.map(({ place, opportunityUsd, workloadHours, fte }) => ({
      text: `${place}: ${dollars(opportunityUsd)}, ${hours(workloadHours)} a year (${fte.toFixed(2)} of a full-time rep)`,
    })),
    ...(audit.furtherPockets > 0 ? [quiet(`and ${audit.furtherPockets} smaller pockets`)] : []),
    { text: 'What could be one territory', style: 'head' },
    ...(merges.length === 0 ? [{ text: 'No two neighbours fit into one rep’s hours.' }] : []),
    ...merges.map(({ a, b, share }) => ({ text: `${a} and ${b}: together ${percent(share)} of one rep’s hours` })),
    quiet('Hours = calls + cases + travel + administration. Travel is an estimate from distances, without roads;'),
    quiet(
      `against day tours over the accounts of ${audit.travel.checked} territories it is off by ${percent(audit.travel.median)} in the middle, ${percent(audit.travel.p90)} in 9 of 10.`,
    ),
  ];
}

const hours = (value: number): string => `${Math.round(value).toLocaleString('en-US')} h`;
const signed = (deviation: number): string => `${deviation >= 0 ? '+' : '−'}${percent(Math.abs(deviation))}`;
