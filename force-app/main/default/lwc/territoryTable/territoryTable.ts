import { LightningElement, api } from 'lwc';
import { csvLine, download, filled, get, heads, plural, pressed, reduceErrors, saveText, sortRows } from 'c/bailiwick';
import type { Problem, Sorting, TerritoryRow } from 'c/bailiwick';
import { COLUMNS, figures, filtered, FILTERS, rollUp, type Filter } from './lines';
import { texts } from './texts';

interface Edited {
  index: number;
  name: string;
  repId: string;
  target: string;
}

/** Heads that are short on the screen. */
const LONG: Readonly<Record<string, string>> = {
  Target: texts.targetShare,
  Potential: texts.potentialUsd,
  'Potential %': texts.potentialOfTarget,
  'Hours %': texts.hoursOfTarget,
  Used: texts.hoursUsedOfCapacity,
};

/** The map as a table: every territory with its figures, sorted, filtered, rolled up, edited and locked in its row. */
export default class TerritoryTable extends LightningElement {
  readonly texts = texts;
  @api rows: TerritoryRow[] = [];
  @api selected: number | null = null;
  @api planId = '';
  @api planName = '';
  @api canEdit = false;

  private filter: Filter = 'all';
  private words = '';
  private isGrouped = false;
  private sorting: Sorting<TerritoryRow> = { by: 'utilization', isDown: true };
  private edited: Edited | null = null;
  private reps: { id: string; name: string }[] = [];
  private problem: Problem | null = null;

  /** What gets the focus once it is there: the row changes under the hand that edits it. */
  private focusOn = '';

  readonly filters = FILTERS;

  renderedCallback(): void {
    const wanted = this.focusOn === '' ? null : this.template?.querySelector<HTMLElement>(this.focusOn);
    if (!wanted) return;
    this.focusOn = '';
    wanted.focus();
  }

  get caption(): string {
    return filled(texts.territoriesOf, this.planName);
  }
  get heads() {
    return heads(COLUMNS, this.sorting);
  }
  private get found(): TerritoryRow[] {
    return sortRows(filtered(this.rows, this.filter, this.words), this.sorting);
  }
  get isEmpty(): boolean {
    return this.found.length === 0;
  }
  get emptyText(): string {
    return this.rows.length === 0 ? texts.noTerritoriesYet : texts.noTerritoryIsLikeThisShowAllOr;
  }
  get countText(): string {
    const [shown, all] = [this.found.length, this.rows.length];
    const text = shown === all ? plural(all, texts.territory2) : filled(texts.ofTerritories, shown, all);
    return filled(texts.isOfTargetRanges15And10, text);
  }
  get repChoices() {
    const now = this.edited?.repId ?? '';
    const row = this.rows.find(({ index }) => index === this.edited?.index);
    const known = this.reps.length > 0 ? this.reps : row?.repId ? [{ id: row.repId, name: row.rep }] : [];
    const all = [{ value: '', label: texts.noRep }, ...known.map(({ id, name }) => ({ value: id, label: name }))];
    return all.map((one) => ({ ...one, isOn: one.value === now }));
  }
  get lines() {
    const rows = this.found;
    if (!this.isGrouped) return rows.map((row, i) => this.line(row, i === 0));
    const regions = [...new Set(rows.map(({ region }) => region))].sort();
    const inside = (region: string) => rows.filter((row) => row.region === region);
    return regions.flatMap((region, at) => [
      this.groupLine(region, inside(region)),
      ...inside(region).map((row, i) => this.line(row, at === 0 && i === 0)),
    ]);
  }

  private line(row: TerritoryRow, isFirst: boolean) {
    const isOn = row.index === this.selected;
    const isReachable = isOn || (isFirst && !this.rows.some(({ index }) => index === this.selected));
    const { name } = row;
    const edited = this.edited?.index === row.index ? this.edited : null;
    return {
      ...figures(row),
      ...{ key: String(row.index), index: row.index, name, region: row.region, canEdit: row.canEdit },
      rep: row.rep || texts.noRep,
      look: isOn ? 'row row-on' : 'row',
      isSelected: String(isOn),
      tab: isReachable ? '0' : '-1',
      isEditing: edited !== null,
      // what is typed stays in the field: it is drawn again after every key
      typed: { name: edited?.name ?? '', target: edited?.target ?? '' },
      isLocked: row.isLocked,
      lockText: row.isLocked ? texts.unlock : texts.lock,
      lockLook: row.isLocked ? 'small small-on' : 'small',
      lockPressed: String(row.isLocked),
      labels: {
        name: filled(texts.nameOf, name),
        rep: filled(texts.repOf, name),
        target: filled(texts.targetOfInOfAFullSeat, name),
        edit: filled(texts.edit2, name),
        lock: `${row.isLocked ? texts.unlock : texts.lock} ${name}`,
      },
    };
  }

  private groupLine(region: string, inside: readonly TerritoryRow[]) {
    const sum = rollUp(region, inside);
    const plain = { isEditing: false, canEdit: false, index: null, isSelected: null, tab: null, isLocked: false };
    return {
      ...figures(sum),
      ...plain,
      key: `group ${region}`,
      look: 'group',
      name: sum.name,
      region: '',
      rep: sum.rep,
    };
  }

  private search(event: Event): void {
    this.words = (event.target as HTMLInputElement).value;
  }
  private pickFilter(event: Event): void {
    this.filter = (event.target as HTMLSelectElement).value as Filter;
  }
  private toggleGroups(event: Event): void {
    this.isGrouped = (event.target as HTMLInputElement).checked;
  }
  private sort(event: Event): void {
    const key = (event.currentTarget as HTMLElement).dataset.key as keyof TerritoryRow;
    this.sorting = pressed(this.sorting, key, COLUMNS.find((column) => column.key === key)?.isNumber ?? false);
  }

  private pick(event: Event): void {
    const { index } = (event.currentTarget as HTMLElement).dataset;
    if (index === undefined || isInControl(event)) return;
    this.dispatchEvent(new CustomEvent('pick', { detail: Number(index) }));
  }
  /** Arrows walk through the rows, Enter or Space picks. */
  private key(event: KeyboardEvent): void {
    if (isInControl(event)) return;
    const rows = [...(this.template?.querySelectorAll<HTMLElement>('tr[data-index]') ?? [])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) rows[rows.indexOf(event.currentTarget as HTMLElement) + step]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') this.pick(event);
    else return;
    event.preventDefault();
  }

  private startEdit(event: Event): void {
    const row = this.rows.find(({ index }) => index === indexOf(event));
    if (!row) return;
    const { index, name, repId, targetShare } = row;
    this.edited = { index, name, repId: repId ?? '', target: String(Math.round(targetShare * 100)) };
    this.focusOn = '[data-field=name]';
    if (this.reps.length === 0) void this.loadReps();
  }
  private takeTyped(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    if (this.edited) this.edited = { ...this.edited, [dataset.field ?? '']: value };
  }
  /** Enter saves and Escape gives up, as in every table. */
  private keyInEdit(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.saveEdit();
    else if (event.key === 'Escape') this.cancelEdit();
  }
  private cancelEdit(): void {
    if (this.edited) this.focusOn = `[data-do=edit][data-index="${this.edited.index}"]`;
    this.edited = null;
    this.problem = null;
  }
  private saveEdit(): void {
    const { edited } = this;
    if (!edited) return;
    const share = Number(edited.target) / 100;
    if (!edited.name.trim() || !(share >= 0.1 && share <= 3)) {
      const message = edited.name.trim() ? texts.aTargetIsBetween10And300OfAFull : texts.aTerritoryHasAName;
      this.problem = { code: 'bad_request', message, action: texts.typeAnotherValueOrCancel };
      return;
    }
    this.cancelEdit();
    const { index, name, repId } = edited;
    this.tell({ do: 'territory', index, name: name.trim(), repId: repId || null, targetShare: share });
  }
  private toggleLock(event: Event): void {
    const row = this.rows.find(({ index }) => index === indexOf(event));
    if (row) this.tell({ do: 'lock', territories: [row.index], isOn: !row.isLocked });
  }
  private tell(detail: object): void {
    this.dispatchEvent(new CustomEvent('desk', { detail }));
  }

  private async loadReps(): Promise<void> {
    this.problem = null;
    try {
      this.reps = (await get<{ reps: { id: string; name: string }[] }>(`/alignments/${this.planId}/reps`)).reps;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  get fileTitle(): string {
    return texts.thePlanAsItIsSaved;
  }
  /** Files of the whole plan come from the service. */
  private async saveFile(event: Event): Promise<void> {
    const file = (event.currentTarget as HTMLElement).dataset.file ?? '';
    this.problem = null;
    try {
      await download(`/alignments/${this.planId}/${file}`, `${this.planName} ${file}`);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private saveCsv(): void {
    const head = [...COLUMNS.map(({ label }) => LONG[label] ?? label), texts.salesUsd, texts.travelHours, texts.locked];
    const rows = this.found.map((row) => [
      ...COLUMNS.map(({ key }) => (key.endsWith('Deviation') ? 1 + Number(row[key]) : (row[key] as string | number))),
      ...[row.salesUsd, row.travelHours, row.isLocked ? 'yes' : 'no'],
    ]);
    saveText([head, ...rows].map(csvLine).join(''), filled(texts.territoriesCsv, this.planName));
  }
}

const indexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset.index);

/** A field or button in the row has keys and clicks of its own. */
function isInControl(event: Event): boolean {
  return (
    event.target !== event.currentTarget && /^(BUTTON|INPUT|SELECT|OPTION)$/.test((event.target as Element).tagName)
  );
}
