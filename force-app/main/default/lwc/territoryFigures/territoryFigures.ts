import { LightningElement, api } from 'lwc';
import { count, filled, hours, usd } from 'c/bailiwick';
import type { UserTerritory } from 'c/bailiwick';
import { texts } from './texts';

/** What a territory is worth, how much work it is, and how that compares. */
export default class TerritoryFigures extends LightningElement {
  readonly texts = texts;
  @api territory: UserTerritory | null = null;
  @api isSelf = false;

  get figures() {
    const { potentialUsd = 0, salesUsd = 0, headroomUsd = 0, accounts = 0 } = this.territory ?? {};
    return [
      { label: texts.marketPotential, value: usd(potentialUsd) },
      { label: texts.currentSales, value: usd(salesUsd) },
      { label: texts.headroom, value: usd(headroomUsd) },
      { label: texts.accounts, value: count(accounts) },
    ];
  }
  get hoursUsed(): number {
    return this.territory?.utilization ?? 0;
  }
  get workNote(): string {
    const { territory: t } = this;
    if (!t) return '';
    const parts = filled(
      texts.callsCasesTravelAdministration,
      hours(t.callHours),
      hours(t.caseHours),
      hours(t.travelHours),
      hours(t.administrationHours),
    );
    return filled(texts.ofAYear, hours(t.workloadHours), hours(t.capacityHours), parts);
  }
  get potentialRatio(): number {
    const { potentialUsd = 0, target } = this.territory ?? {};
    return target && target.potentialUsd > 0 ? potentialUsd / target.potentialUsd : 0;
  }
  get potentialNote(): string {
    const { territory: t } = this;
    return t ? filled(texts.ofATargetOfTheTargetRangeIs15, usd(t.potentialUsd), usd(t.target.potentialUsd)) : '';
  }
}
