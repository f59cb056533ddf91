import { deviations, utilization } from '../core/balance.ts';
import { dollars, percent } from '../core/findings.ts';
import type { TerritoryId } from '../core/ids.ts';
import { totals } from '../core/measures.ts';
import { outlinePicture } from '../core/outlinePicture.ts';
import type { Coordinates } from '../core/territoryShapes.ts';
import { textPdf, type SheetLine } from '../core/textPdf.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type PageDeps } from './accountPage.ts';
import type { LivePlan } from './ports.ts';
import type { Sight } from './sight.ts';
import type { Change, Story } from './story.ts';

/** Width of the picture: the page between its margins; and its height in lines of text. */
const [WIDTH, LINES, LEAD] = [522, 20, 14];
/** Accounts of one sheet; more are in the file of the account list. */
const MOST_ACCOUNTS = 400;

interface SheetPorts {
  readonly sight: Sight;
  readonly story: Story;
  /** Areas of territories, from the owner of every unit. */
  readonly shapes: (owners: readonly number[], count: number) => readonly Coordinates[];
  readonly now: () => Date;
}

/** One territory on paper: where it lies, what it holds, its accounts, what changes, and whom to ask. */
export function createTerritorySheet(deps: PageDeps, { sight, story, shapes, now }: SheetPorts) {
  return async (user: RequestUser, id: TerritoryId): Promise<{ name: string; pdf: string }> => {
    const { plan, index, territory } = await sight.territory(user, id);
    const told = await story.tell(user, id);
    const outlines = outlinePicture(shapes(plan.owners, plan.territories.length), index, { width: WIDTH, height: LINES * LEAD }); // prettier-ignore
    const all = (await deps.book.all()).filter((account) => placed(plan, account).index === index);
    const seen = (await sight.readable(user, all)).sort((a, b) => b.salesUsd - a.salesUsd);
    const contacts = told.managers.length > 0 ? told.managers.join(', ') : 'Sales Ops';
    const lines: SheetLine[] = [
      { text: territory.name, style: 'title' },
      { text: `${territory.repName ?? 'No rep'}${territory.parentName ? `, ${territory.parentName}` : ''}. Printed on ${now().toISOString().slice(0, 10)}.`, style: 'quiet' }, // prettier-ignore
      ...(outlines.length > 0 ? [{ text: '', outlines, keep: LINES }] : []),
      ...(await figures(plan, index)),
      ...changeLines(told.announced, 'What changes next'),
      ...changeLines(told.changes[0] ?? null, 'What changed last'),
      { text: 'Questions', style: 'head', keep: 2 },
      { text: `Ask ${contacts}, or say on the territory's page that something is wrong.` },
      { text: `Accounts (${all.length})`, style: 'head', keep: 3 },
      ...seen.slice(0, MOST_ACCOUNTS).map(({ name, city, zip, salesUsd }) => ({
        text: name,
        columns: [
          { at: 280, text: [city, zip].filter(Boolean).join(', ') },
          { at: 430, text: `${dollars(salesUsd)} sales` },
        ],
      })),
      ...(all.length > Math.min(seen.length, MOST_ACCOUNTS)
        ? [{ text: `${all.length - Math.min(seen.length, MOST_ACCOUNTS)} more, not listed or not shared with you.`, style: 'quiet' as const }] // prettier-ignore
        : []),
    ];
    return { name: territory.name, pdf: textPdf(lines, `Bailiwick. ${territory.name}, plan version ${plan.version}.`) };
  };

  async function figures(plan: LivePlan, index: number): Promise<SheetLine[]> {
    const market = await deps.ports.figuresIfAny(plan.teamId);
    if (!market) return [{ text: 'No claims are loaded: there are no figures.', style: 'quiet' }];
    const { inputs } = await deps.book.measured(market);
    const seats = plan.territories;
    const sums = totals(plan.owners, { inputs, seats, travel: market.travel, overrides: plan.overrides });
    const sum = sums[index]!;
    const off = (measure: 'workloadHours' | 'potentialUsd') =>
      percent(1 + (deviations(sums, seats, measure)[index] ?? 0));
    const line = (text: string, value: string): SheetLine => ({ text, columns: [{ at: 200, text: value }] });
    return [
      { text: 'Figures', style: 'head', keep: 6 },
      line('Market potential', `${dollars(sum.potentialUsd)}, ${off('potentialUsd')} of target`),
      line('Hours of work a year', `${Math.round(sum.workloadHours)} h, ${percent(utilization(sum, seats[index]!))} of the hours there are, ${off('workloadHours')} of target`), // prettier-ignore
      line('Current sales, headroom', `${dollars(sum.salesUsd)}, ${dollars(sum.headroomUsd)}`),
      { text: `${market.source.label}, ${market.source.period}.`, style: 'quiet' },
    ];
  }
}

function changeLines(
  change: (Change & { name?: string; effectiveOn?: string | null }) | null,
  title: string,
): SheetLine[] {
  if (!change) return [];
  const { name, effectiveOn, at, byName } = change;
  const when = name === undefined ? `${at.slice(0, 10)}, ${byName}` : `plan "${name}"${effectiveOn ? `, from ${effectiveOn} on` : ', day not set'}`; // prettier-ignore
  const side = (list: Change['gained'], verb: string) =>
    list.map(({ with: other, zips, accounts, unnamed }) => ({
      text: `${verb} ${other ?? 'nobody'}: ${zips.length} ZIPs, ${accounts.length + unnamed} accounts`,
    }));
  return [
    { text: `${title}: ${when}`, style: 'head', keep: 3 },
    ...side(change.gained, 'Comes from'),
    ...side(change.lost, 'Goes to'),
    ...change.reasons.flatMap((text) => wrapped(`Why: ${text}`)),
  ];
}

/** Characters of a line that fit between the margins. */
const LINE = 110;

/** A long sentence over as many lines as it takes, broken between words. */
function wrapped(text: string): SheetLine[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `   ${word}`);
  }
  return lines.map((line) => ({ text: line }));
}
