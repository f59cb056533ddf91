import { LightningElement, api } from 'lwc';
import { count, day, download, filled, get, hours, percent, reduceErrors, usd } from 'c/bailiwick';
import type { FoundPocket, MapPocket, Problem, WhiteSpace } from 'c/bailiwick';
import { texts } from './texts';

/** Pockets where demand is high and nobody works it: ranked in a list and outlined on the map, each with what it would take. */
export default class WhiteSpacePanel extends LightningElement {
  readonly texts = texts;
  /** ZIPs that are looked at: said while somebody waits. */
  @api zips = 0;

  private answer: WhiteSpace | null = null;
  private problem: Problem | null = null;
  private planIdShown = '';
  private opened = 0;
  private turn = 0;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    void this.load();
  }

  /** The pocket that was picked on the map, by its number; 0 for none. */
  @api get picked(): number {
    return this.opened;
  }
  set picked(number: number) {
    this.opened = number;
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get waitText(): string {
    return filled(texts.lookingAtZipsAndEverybodyInThe, count(this.zips));
  }
  get isEmpty(): boolean {
    return this.answer?.pockets.length === 0;
  }
  get sentence(): string {
    if (!this.answer) return '';
    const { demandUsd, uncoveredUsd, pockets } = this.answer;
    const share = demandUsd > 0 ? uncoveredUsd / demandUsd : 0;
    const found = pockets.length === 1 ? texts.n1PocketStands : filled(texts.pocketsStand, count(pockets.length));
    return filled(texts.aYearOfTheMarketIsWorkedByNobody, usd(uncoveredUsd), percent(share), found);
  }
  get rows() {
    return (this.answer?.pockets ?? []).map((pocket) => ({
      ...pocket,
      key: String(pocket.pocket),
      isOpen: pocket.pocket === this.opened,
      expanded: String(pocket.pocket === this.opened),
      title: `${pocket.pocket}. ${pocket.place}`,
      note: filled(
        texts.fteProviders,
        usd(pocket.opportunityUsd),
        hours(pocket.workloadHours),
        pocket.fte.toFixed(2),
        count(pocket.providers),
      ),
      sure: filled(texts.ofAllThatStandOutAsClearlyAsThis, percentOf(pocket.qValue)),
    }));
  }
  get howText(): string {
    const { since = null, unplaced = 0 } = this.answer ?? {};
    const when = since ? ` ${filled(texts.since, day(`${since}T12:00:00Z`))}` : '';
    const lost = unplaced > 0 ? ` ${filled(texts.providersStandInNoZipOfTheMapAnd, count(unplaced))}` : '';
    return filled(texts.workedByNobodyNoAccountNoTerritory, when, lost);
  }

  private pick(event: Event): void {
    const number = Number((event.currentTarget as HTMLElement).dataset.pocket);
    this.opened = this.opened === number ? 0 : number;
    const units = this.answer?.pockets[number - 1]?.units ?? [];
    if (this.opened > 0) this.tell('show', { units: [...units] });
  }

  private async saveFile(event: Event): Promise<void> {
    const { kind } = (event.currentTarget as HTMLElement).dataset;
    try {
      await download(`/insights/${this.planIdShown}/white-space.${kind}`, filled(texts.whiteSpace2, kind));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    [this.answer, this.problem] = [null, null];
    if (!this.planIdShown) return;
    try {
      const answer = await get<WhiteSpace>(`/insights/${this.planIdShown}/white-space`);
      if (turn !== this.turn) return;
      this.answer = answer;
      this.tell('pockets', answer.pockets.map(outlined));
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

const percentOf = (ratio: number): string => (ratio < 0.01 ? texts.oneInAHundred : percent(ratio));

const outlined = ({ pocket, units }: FoundPocket): MapPocket => ({
  id: String(pocket),
  label: String(pocket),
  units,
  kind: 'whiteSpace',
});
