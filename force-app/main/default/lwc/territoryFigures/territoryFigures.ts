import { LightningElement, api } from 'lwc';
import { count, hours, usd } from 'c/bailiwick';
import type { UserTerritory } from 'c/bailiwick';

/** What a territory is worth, how much work it is, and how that compares. */
export default class TerritoryFigures extends LightningElement {
  @api territory: UserTerritory | null = null;
  @api isSelf = false;

  get figures() {
    const { potentialUsd = 0, salesUsd = 0, headroomUsd = 0, accounts = 0 } = this.territory ?? {};
    return [
      { label: 'Market potential', value: usd(potentialUsd) },
      { label: 'Current sales', value: usd(salesUsd) },
      { label: 'Headroom', value: usd(headroomUsd) },
      { label: 'Accounts', value: count(accounts) },
    ];
  }
  get hoursUsed(): number {
    return this.territory?.utilization ?? 0;
  }
  get workNote(): string {
    const { territory: t } = this;
    if (!t) return '';
    const parts = `${hours(t.callHours)} calls, ${hours(t.caseHours)} cases, ${hours(t.travelHours)} travel, ${hours(t.administrationHours)} administration`;
    return `${hours(t.workloadHours)} of ${hours(t.capacityHours)} a year: ${parts}`;
  }
  get potentialRatio(): number {
    const { potentialUsd = 0, target } = this.territory ?? {};
    return target && target.potentialUsd > 0 ? potentialUsd / target.potentialUsd : 0;
  }
  get potentialNote(): string {
    const { territory: t } = this;
    return t ? `${usd(t.potentialUsd)} of a target of ${usd(t.target.potentialUsd)}; the target range is ±15 %` : '';
  }
}
