import { filled, get, plural } from 'c/bailiwick';
import type { Drift } from 'c/bailiwick';
import type { DeskView, FindKind } from './deskView';
import type { PlanBoard } from './planBoard';
import { texts } from './texts';

/** Kinds of drift that say where an account is: elsewhere, in two places, or nowhere. */
const PLACES: ReadonlySet<string> = new Set(['moved', 'ruleRow', 'foreignRow', 'missing', 'removed']);
const PAGE = 500;
/** More than these are worked through in the drift list of the CRM screen. */
const MOST = 5_000;
/** Room left around what was found. */
const ROOM = 0.6;

interface Found {
  readonly units: readonly number[];
  readonly text: string;
}

/** Goes from one thing that needs a hand to the next: ZIPs without a territory, parts that lie apart, accounts that the CRM has elsewhere. */
export class Finders {
  private readonly board: PlanBoard;
  private at: Record<FindKind, number> = { unassigned: -1, stray: -1, mismatch: -1 };
  private mismatches: Found[] | null = null;

  constructor(board: PlanBoard) {
    this.board = board;
  }

  /** What the buttons say; how many accounts the CRM has elsewhere is known after the first look. */
  buttons(): DeskView['finders'] {
    const [free, strays] = [this.unassigned().length, this.strays().length];
    const accounts = this.mismatches === null ? '' : ` (${this.mismatches.length})`;
    return [
      { what: 'unassigned', label: filled(texts.nextUnassignedZip, free), isDisabled: free === 0 },
      { what: 'stray', label: filled(texts.nextStrayPart, strays), isDisabled: strays === 0 },
      { what: 'mismatch', label: filled(texts.nextCrmMismatch, accounts), isDisabled: this.mismatches?.length === 0 },
    ];
  }

  /** Shows the next one on the map and says what it is. */
  async next(what: FindKind): Promise<string> {
    const all = await this.all(what);
    if (all.length === 0) return what === 'mismatch' ? texts.theCrmHasEveryAccountWhereTodays : texts.noneLeft;
    const at = (this.at[what] + 1) % all.length;
    this.at[what] = at;
    const { units, text } = all[at]!;
    const { view } = this.board;
    if (units.length > 0) view.fitUnits(units, ROOM);
    view.setOwners(this.board.owners, [], units);
    return filled(texts.of2, at + 1, all.length, text);
  }

  private async all(what: FindKind): Promise<readonly Found[]> {
    if (what === 'unassigned') return this.unassigned().map((unit) => ({ units: [unit], text: this.placeOf(unit) }));
    if (what === 'stray') return this.strays().map(({ territory, units }) => this.strayOf(territory, units));
    this.mismatches ??= await this.readMismatches();
    return this.mismatches;
  }

  /** ZIPs without a territory, the most market potential first. */
  private unassigned(): number[] {
    const { draft } = this.board;
    if (!draft) return [];
    const { potentialUsd } = draft.inputs.inputs;
    const free = draft.draft.owners.flatMap((owner, unit) => (owner === -1 ? [unit] : []));
    return free.sort((a, b) => (potentialUsd[b] ?? 0) - (potentialUsd[a] ?? 0));
  }

  /** All parts that lie apart, those that came with this draft first: some of today's are islands. */
  private strays(): { territory: number; units: number[] }[] {
    const fresh = this.board.strays();
    const known = new Set(fresh.map(({ units }) => units[0]));
    const all = this.board.draft?.draft.strays() ?? [];
    return [...fresh, ...all.filter(({ units }) => !known.has(units[0]))];
  }

  private strayOf(territory: number, units: readonly number[]): Found {
    const name = this.board.draft?.plan.territories[territory]?.name ?? '';
    return { units, text: filled(texts.ofApartFromTheRest2, plural(units.length, texts.zip), name) };
  }

  private placeOf(unit: number): string {
    const { ids, names, states } = this.board.geography.units;
    return filled(texts.hasNoTerritory, ids[unit], names[unit], states[unit]);
  }

  private async readMismatches(): Promise<Found[]> {
    const teamId = this.board.draft?.plan.teamId ?? '';
    const { ids } = this.board.geography.units;
    const found: Found[] = [];
    // further pages are of the reading that the first one made
    for (let offset = 0, total = 1; offset < Math.min(total, MOST); offset += PAGE) {
      const page = await get<Drift>(`/teams/${teamId}/drift?limit=${PAGE}&offset=${offset}`);
      total = page.total;
      for (const { kind, zip, sentence } of page.items) {
        if (!PLACES.has(kind)) continue;
        const unit = ids.indexOf(zip?.slice(0, 5) ?? '');
        found.push({ units: unit < 0 ? [] : [unit], text: sentence });
      }
    }
    return found;
  }
}
