import { LightningElement, api } from 'lwc';
import { count, csvLine, filled, heads, plural, pressed, saveText, sortRows, usd } from 'c/bailiwick';
import type { Sorting, UnitRow } from 'c/bailiwick';
import { texts } from './texts';

const PAGE = 200;
const COLUMNS: readonly { key: keyof UnitRow; label: string; isNumber: boolean }[] = [
  { key: 'zip', label: 'ZIP', isNumber: false },
  { key: 'name', label: texts.town, isNumber: false },
  { key: 'accounts', label: texts.accounts, isNumber: true },
  { key: 'providers', label: texts.providers, isNumber: true },
  { key: 'potentialUsd', label: texts.potential, isNumber: true },
  { key: 'hours', label: texts.callsAndCasesH, isNumber: true },
];

/** ZIPs of the picked territory as a table: chosen by keyboard and given away, locked or shown, as a lasso does by hand. */
export default class UnitTable extends LightningElement {
  readonly texts = texts;
  @api territoryName = '';
  @api choices: { label: string; value: string }[] = [];
  @api canEdit = false;

  private shown: UnitRow[] = [];
  private territory: number | null = null;
  private chosen: ReadonlySet<number> = new Set();
  private words = '';
  private target = '';
  private most = PAGE;
  private sorting: Sorting<UnitRow> = { by: 'potentialUsd', isDown: true };

  get caption(): string {
    return filled(texts.zipsOf, this.territoryName);
  }

  /** Rows that left, by this table or on the map, are not chosen any more. */
  @api
  get rows(): UnitRow[] {
    return this.shown;
  }
  set rows(rows: UnitRow[]) {
    this.shown = rows;
    const there = new Set(rows.map(({ unit }) => unit));
    this.chosen = new Set([...this.chosen].filter((unit) => there.has(unit)));
  }
  @api
  get selected(): number | null {
    return this.territory;
  }
  set selected(territory: number | null) {
    if (territory !== this.territory) [this.chosen, this.most] = [new Set(), PAGE];
    this.territory = territory;
  }

  get hasPick(): boolean {
    return this.territory !== null;
  }
  get heads() {
    return heads(COLUMNS, this.sorting);
  }
  private get found(): UnitRow[] {
    const wanted = this.words.trim().toLowerCase();
    const rows = this.shown.filter(({ zip, name, county }) =>
      `${zip} ${name} ${county}`.toLowerCase().includes(wanted),
    );
    return sortRows(rows, this.sorting);
  }
  get isEmpty(): boolean {
    return this.found.length === 0;
  }
  get emptyText(): string {
    return this.shown.length === 0 ? texts.thisTerritoryHasNoZip : texts.noZipIsLikeThis;
  }
  get countText(): string {
    const { size } = this.chosen;
    const potential = this.shown
      .filter(({ unit }) => this.chosen.has(unit))
      .reduce((sum, row) => sum + row.potentialUsd, 0);
    return size === 0
      ? plural(this.shown.length, texts.zip)
      : filled(texts.chosen, plural(size, texts.zip), usd(potential));
  }
  get lines() {
    return this.found.slice(0, this.most).map((row) => ({
      ...{ unit: row.unit, zip: row.zip, name: row.name, isLocked: row.isLocked },
      accounts: count(row.accounts),
      providers: count(row.providers),
      potential: usd(row.potentialUsd),
      hours: count(row.hours),
      isChosen: this.chosen.has(row.unit),
      look: this.chosen.has(row.unit) ? 'row-on' : '',
      label: filled(texts.choose, row.zip, row.name),
      accountsLabel: filled(texts.accountsOf, row.zip),
    }));
  }
  get moreText(): string {
    const left = this.found.length - this.most;
    return left > 0 ? filled(texts.more, count(left)) : '';
  }
  get targets() {
    return this.choices.filter(({ value }) => Number(value) !== this.territory);
  }
  get isAll(): boolean {
    return this.chosen.size > 0 && this.found.every(({ unit }) => this.chosen.has(unit));
  }
  get hasNone(): boolean {
    return this.chosen.size === 0;
  }
  get cannotMove(): boolean {
    return this.hasNone || this.target === '';
  }

  private search(event: Event): void {
    this.words = (event.target as HTMLInputElement).value;
  }
  private sort(event: Event): void {
    const key = (event.currentTarget as HTMLElement).dataset.key as keyof UnitRow;
    this.sorting = pressed(this.sorting, key, COLUMNS.find((column) => column.key === key)?.isNumber ?? false);
  }
  private choose(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    const next = new Set(this.chosen);
    if (checked) next.add(Number(dataset.unit));
    else next.delete(Number(dataset.unit));
    this.chosen = next;
  }
  private chooseAll(event: Event): void {
    this.chosen = new Set((event.target as HTMLInputElement).checked ? this.found.map(({ unit }) => unit) : []);
  }
  private pickTarget(event: Event): void {
    this.target = (event.target as HTMLSelectElement).value;
  }
  private showMore(): void {
    this.most += PAGE;
  }

  private move(): void {
    this.tell({ do: 'move', units: [...this.chosen], to: Number(this.target) });
  }
  private lock(): void {
    this.tell({ do: 'lock', units: [...this.chosen], isOn: true });
  }
  private unlock(): void {
    this.tell({ do: 'lock', units: [...this.chosen], isOn: false });
  }
  private show(): void {
    this.tell({ do: 'show', units: [...this.chosen] });
  }
  private tell(detail: object): void {
    this.dispatchEvent(new CustomEvent('desk', { detail }));
  }
  private openAccounts(event: Event): void {
    const detail = Number((event.currentTarget as HTMLElement).dataset.unit);
    this.dispatchEvent(new CustomEvent('unit', { detail }));
  }

  private saveCsv(): void {
    const rows = this.found.map((row) => [
      ...[row.zip, row.name, row.accounts, row.providers, row.potentialUsd, row.hours],
      ...[this.territoryName, row.isLocked ? 'yes' : 'no'],
    ]);
    const head = [...COLUMNS.map(({ label }) => label), texts.territory, texts.locked];
    saveText([head, ...rows].map(csvLine).join(''), filled(texts.zipsCsv, this.territoryName));
  }
}
