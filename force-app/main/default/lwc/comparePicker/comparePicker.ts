import { LightningElement, api } from 'lwc';
import { filled, get, moment, plural, reduceErrors } from 'c/bailiwick';
import type { PlanSummary, PlanVersion, Problem } from 'c/bailiwick';
import { texts } from './texts';

type SideName = 'before' | 'after';
interface Side {
  planId: string;
  /** Empty for the newest. */
  version: string;
}
const NEWEST = { label: texts.newest, value: '' };
const STATES: Readonly<Record<PlanSummary['state'] | PlanSummary['stage'], string>> = {
  ...{ live: 'today', archived: 'former', draft: 'draft' },
  ...{ review: texts.inReview, announced: 'announced', approved: 'approved', scheduled: 'scheduled' },
};

/** Chooses any two plans of the team, or two versions of one, to be compared. */
export default class ComparePicker extends LightningElement {
  readonly texts = texts;
  @api plans: PlanSummary[] = [];
  @api liveId = '';
  @api draftId = '';

  private picked: Partial<Record<SideName, Side>> = {};
  private versions: Readonly<Record<string, readonly PlanVersion[]>> = {};
  private problem: Problem | null = null;
  private hasCompared = false;

  get options() {
    return this.plans.map(({ id, name, state, stage }) => ({
      label: `${name} (${STATES[state === 'draft' ? stage : state]})`,
      value: id,
    }));
  }
  private side(name: SideName): Side {
    return this.picked[name] ?? { planId: name === 'before' ? this.liveId : this.draftId, version: '' };
  }
  get sides() {
    return (['before', 'after'] as const).map((name) => {
      const { planId, version } = this.side(name);
      const label = name === 'before' ? texts.before : texts.after;
      const known = this.versions[planId] ?? [];
      const versions = known.slice(1).map((one) => ({ label: versionText(one), value: String(one.version) }));
      return {
        ...{ name, planId, version, label },
        versionLabel: filled(texts.version, label),
        versions: [NEWEST, ...versions],
      };
    });
  }
  get isSame(): boolean {
    const [before, after] = [this.side('before'), this.side('after')];
    return before.planId === after.planId && before.version === after.version;
  }
  get isDefault(): boolean {
    return !this.hasCompared;
  }

  connectedCallback(): void {
    void this.loadAll();
  }
  private retry(): void {
    void this.loadAll();
  }
  private async loadAll(): Promise<void> {
    await Promise.all(['before' as const, 'after' as const].map((name) => this.load(this.side(name).planId)));
  }
  private async load(planId: string): Promise<void> {
    if (!planId || this.versions[planId]) return;
    this.problem = null;
    try {
      const { versions } = await get<{ versions: PlanVersion[] }>(`/alignments/${planId}/versions`);
      this.versions = { ...this.versions, [planId]: versions };
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private pickPlan(event: CustomEvent<{ value: string }>): void {
    const planId = event.detail.value;
    this.picked = { ...this.picked, [sideOf(event)]: { planId, version: '' } };
    void this.load(planId);
  }
  private pickVersion(event: CustomEvent<{ value: string }>): void {
    const name = sideOf(event);
    this.picked = { ...this.picked, [name]: { ...this.side(name), version: event.detail.value } };
  }
  private compare(): void {
    this.hasCompared = true;
    const [before, after] = (['before', 'after'] as const).map((name) => {
      const { planId, version } = this.side(name);
      return { id: planId, version: version === '' ? null : Number(version) };
    });
    this.dispatchEvent(new CustomEvent('compare', { detail: { before, after } }));
  }
  private reset(): void {
    [this.hasCompared, this.picked] = [false, {}];
    this.dispatchEvent(new CustomEvent('compare', { detail: null }));
  }
}

const sideOf = (event: Event): SideName => (event.currentTarget as HTMLElement).dataset.side as SideName;

function versionText({ version, at, byName, note, units }: PlanVersion): string {
  const what = note ?? plural(units, texts.zip);
  return `${version} · ${moment(at)} · ${byName} · ${what.slice(0, 60)}`;
}
