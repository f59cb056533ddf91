import { LightningElement, api } from 'lwc';
import userId from '@salesforce/user/Id';
import { filled, moment } from 'c/bailiwick';
import type { PublishOptions, SyncSettings, SyncSettingsAnswer } from 'c/bailiwick';
import { choiceOf, CHOICES, OWN } from './when';
import { texts } from './texts';

/** When the automatic sync runs, what it writes, and who is told. Tells the whole of it when it is to be saved. */
export default class ScheduleForm extends LightningElement {
  readonly texts = texts;
  @api isBusy = false;
  private known: SyncSettingsAnswer | null = null;
  private draft: SyncSettings | null = null;
  private isOwn = false;
  private secret = '';

  @api get answer(): SyncSettingsAnswer | null {
    return this.known;
  }
  set answer(answer: SyncSettingsAnswer | null) {
    [this.known, this.draft, this.secret] = [answer, answer?.settings ?? null, ''];
    this.isOwn = answer !== null && choiceOf(answer.settings.schedule) === OWN;
  }

  get stateText(): string {
    const { known } = this;
    if (!known) return '';
    if (!known.settings.isOn) return texts.theAutomaticSyncIsOff;
    if (known.settings.isPaused) return texts.theAutomaticSyncIsPausedNothingIs;
    const quiet = known.isQuietNow ? ` ${texts.itIsQuietTimeNow}` : '';
    return known.nextRunAt
      ? filled(texts.nextRun, moment(known.nextRunAt), quiet)
      : filled(texts.noRunByTheClock, quiet);
  }
  get savedText(): string {
    const { savedByName, savedAt } = this.known ?? {};
    return savedByName && savedAt
      ? filled(texts.savedBy, savedByName, moment(savedAt))
      : texts.neverSavedTheseAreTheDefaults;
  }
  get nextText(): string {
    const { nextTimes = [], timeZone = '' } = this.known ?? {};
    const times = nextTimes.map(moment).join(' · ');
    return filled(
      texts.timeZoneOfTheOrg,
      timeZone,
      times === '' ? '' : ` ${filled(texts.nextTimesAsYourClockHasThem, times)}`,
    );
  }
  readonly choices = CHOICES;
  get choice(): string {
    return this.isOwn ? OWN : choiceOf(this.draft?.schedule ?? null);
  }
  get quiet() {
    return (this.draft?.quiet ?? []).map((one, at) => ({
      ...one,
      at: String(at),
      fromLabel: filled(texts.quietFrom, at + 1),
      toLabel: filled(texts.quietUntil, at + 1),
    }));
  }
  get tellsMe(): boolean {
    return this.draft?.tellUserIds.includes(userId) ?? false;
  }
  get others(): string {
    return (this.draft?.tellUserIds ?? []).filter((id) => id !== userId).join(', ');
  }
  get stages(): readonly string[] {
    return this.known?.stages ?? [];
  }
  get secretHelp(): string {
    return this.known?.hasWebhookSecret
      ? texts.aSecretIsSetLeaveThisEmptyToKeepIt
      : texts.signsEachMessage16CharactersAt;
  }

  private check(event: CustomEvent<{ checked: boolean }>): void {
    this.change({ [(event.target as HTMLElement).dataset.name ?? '']: event.detail.checked });
  }
  private write(event: CustomEvent<{ value: string }>): void {
    const { name = '' } = (event.target as HTMLElement).dataset;
    const value = event.detail.value.trim();
    this.change({ [name]: value === '' ? null : value });
  }
  private writeMinutes(event: CustomEvent<{ value: string }>): void {
    this.change({ pollMinutes: Math.round(Number(event.detail.value)) });
  }
  private pickWhen(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    this.isOwn = value === OWN;
    if (!this.isOwn) this.change({ schedule: value === '' ? null : value });
  }
  private takeStrategy(event: CustomEvent<PublishOptions>): void {
    const { part: _part, ...strategy } = event.detail;
    this.change({ strategy });
  }
  private takeFuse(event: CustomEvent<SyncSettings['fuse']>): void {
    this.change({ fuse: event.detail });
  }
  private addQuiet(): void {
    this.change({ quiet: [...(this.draft?.quiet ?? []), { from: '07:00', to: '19:00' }] });
  }
  private dropQuiet(event: Event): void {
    const at = Number((event.currentTarget as HTMLElement).dataset.at);
    this.change({ quiet: (this.draft?.quiet ?? []).filter((_, i) => i !== at) });
  }
  private writeQuiet(event: Event): void {
    const { dataset, value } = event.target as HTMLInputElement;
    const quiet = (this.draft?.quiet ?? []).map((one, i) =>
      i === Number(dataset.at) ? { ...one, [dataset.side ?? 'from']: value } : one,
    );
    this.change({ quiet });
  }
  private tellMe(event: CustomEvent<{ checked: boolean }>): void {
    const others = (this.draft?.tellUserIds ?? []).filter((id) => id !== userId);
    this.change({ tellUserIds: event.detail.checked ? [userId, ...others] : others });
  }
  private tellOthers(event: CustomEvent<{ value: string }>): void {
    const others = event.detail.value.split(/[\s,]+/).filter((id) => id !== '' && id !== userId);
    this.change({ tellUserIds: [...(this.tellsMe ? [userId] : []), ...others] });
  }
  private writeSecret(event: CustomEvent<{ value: string }>): void {
    this.secret = event.detail.value;
  }
  private change(change: Partial<SyncSettings>): void {
    if (this.draft) this.draft = { ...this.draft, ...change };
  }
  private save(): void {
    const detail = { ...this.draft, ...(this.secret === '' ? {} : { webhookSecret: this.secret }) };
    this.dispatchEvent(new CustomEvent('save', { detail }));
  }
}
