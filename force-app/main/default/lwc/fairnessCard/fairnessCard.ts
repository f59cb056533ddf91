import { LightningElement, api } from 'lwc';
import { count, hours, percent, plural, usd } from 'c/bailiwick';
import type { Fairness, UserTerritory } from 'c/bailiwick';

type Measure = Fairness['rows'][number]['measure'];
const WORDS: Readonly<Record<Measure, { label: string; text: (value: number) => string }>> = {
  utilization: { label: 'Hours used', text: percent },
  workloadHours: { label: 'Hours of work a year', text: hours },
  potentialUsd: { label: 'Market potential', text: usd },
  travelShare: { label: 'Time on the road', text: percent },
  accounts: { label: 'Accounts', text: count },
};
/** Hours used say the same as hours of work where everybody works as many: shown only in the bar above. */
const SHOWN: readonly Measure[] = ['workloadHours', 'potentialUsd', 'travelShare', 'accounts'];

/** A territory against those of nameless others: hours, potential, time on the road, accounts. */
export default class FairnessCard extends LightningElement {
  @api territory: UserTerritory | null = null;
  @api isSelf = false;

  get title(): string {
    return this.isSelf ? 'Am I treated fairly?' : 'How fair is it?';
  }
  get mineLabel(): string {
    return this.isSelf ? 'you' : 'this territory';
  }
  get sentence(): string {
    const { territory: t } = this;
    if (!t) return '';
    const deviation = t.target.workloadHours > 0 ? t.workloadHours / t.target.workloadHours - 1 : 0;
    const than = deviation >= 0 ? 'more' : 'less';
    const whose = this.isSelf ? 'Your work' : 'The work';
    const work = `${whose} is ${percent(Math.abs(deviation))} ${than} than an equal share.`;
    const potential = t.fairness.rows.find(({ measure }) => measure === 'potentialUsd');
    if (!potential) return work;
    return `${work} By market potential ${this.isSelf ? 'you are' : 'it is'} number ${potential.position} of ${potential.others + 1} in the team.`;
  }
  get rows() {
    const rows = this.territory?.fairness.rows ?? [];
    return SHOWN.flatMap((measure) => rows.filter((row) => row.measure === measure)).map((row) => ({
      ...row,
      ...WORDS[row.measure],
    }));
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get tooFew(): string {
    const others = this.territory?.fairness.others ?? 0;
    return `There ${others === 1 ? 'is' : 'are'} ${plural(others, 'other rep')} in the team: peers are shown only in groups of five or more, so that nobody can be told.`;
  }
}
