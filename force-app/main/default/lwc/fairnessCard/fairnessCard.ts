import { LightningElement, api } from 'lwc';
import { count, filled, hours, percent, plural, usd } from 'c/bailiwick';
import type { Fairness, UserTerritory } from 'c/bailiwick';
import { texts } from './texts';

type Measure = Fairness['rows'][number]['measure'];
const WORDS: Readonly<Record<Measure, { label: string; text: (value: number) => string }>> = {
  utilization: { label: texts.hoursUsed, text: percent },
  workloadHours: { label: texts.hoursOfWorkAYear, text: hours },
  potentialUsd: { label: texts.marketPotential, text: usd },
  travelShare: { label: texts.timeOnTheRoad, text: percent },
  accounts: { label: texts.accounts, text: count },
};
/** Hours used say the same as hours of work where everybody works as many: shown only in the bar above. */
const SHOWN: readonly Measure[] = ['workloadHours', 'potentialUsd', 'travelShare', 'accounts'];

/** A territory against those of nameless others: hours, potential, time on the road, accounts. */
export default class FairnessCard extends LightningElement {
  readonly texts = texts;
  @api territory: UserTerritory | null = null;
  @api isSelf = false;

  get title(): string {
    return this.isSelf ? texts.amITreatedFairly : texts.howFairIsIt;
  }
  get mineLabel(): string {
    return this.isSelf ? texts.you : texts.thisTerritory;
  }
  get sentence(): string {
    const { territory: t } = this;
    if (!t) return '';
    const deviation = t.target.workloadHours > 0 ? t.workloadHours / t.target.workloadHours - 1 : 0;
    const than = deviation >= 0 ? texts.more : texts.less;
    const whose = this.isSelf ? texts.yourWork : texts.theWork;
    const work = filled(texts.isThanAnEqualShare, whose, percent(Math.abs(deviation)), than);
    const potential = t.fairness.rows.find(({ measure }) => measure === 'potentialUsd');
    if (!potential) return work;
    return filled(
      texts.byMarketPotentialNumberOfInTheTeam,
      work,
      this.isSelf ? texts.youAre : texts.itIs,
      potential.position,
      potential.others + 1,
    );
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
    return filled(
      texts.thereInTheTeamPeersAreShownOnlyIn,
      others === 1 ? texts.is : texts.are,
      plural(others, texts.otherRep),
    );
  }
}
