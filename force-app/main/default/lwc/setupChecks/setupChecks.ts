import { LightningElement } from 'lwc';
import { filled, get, moment, plural, reduceErrors } from 'c/bailiwick';
import type { Problem, SetupChecks as Answer } from 'c/bailiwick';
import { texts } from './texts';

const ICONS = { ok: 'utility:success', warn: 'utility:warning', bad: 'utility:error' } as const;
/** What is to be done comes first. */
const ORDER = { bad: 0, warn: 1, ok: 2 } as const;
const WORDS = { ok: texts.inOrder, warn: texts.toLookAt, bad: texts.doesNotWork } as const;

/** Everything the service needs of the org, each with whether it is there and what to click in Setup. */
export default class SetupChecks extends LightningElement {
  readonly texts = texts;
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private isBusy = false;

  connectedCallback(): void {
    void this.check();
  }

  get summary(): string {
    const { checks = [], at = '' } = this.answer ?? {};
    const open = checks.filter(({ state }) => state !== 'ok').length;
    const text =
      open === 0
        ? filled(texts.allChecksAreInOrder, checks.length)
        : filled(texts.ofToLookAt, plural(open, texts.check), checks.length);
    return filled(texts.checked, text, moment(at));
  }
  get look(): string {
    return this.answer?.state === 'ok' ? 'done' : this.answer?.state === 'bad' ? 'bad' : 'told';
  }
  get rows() {
    const sorted = [...(this.answer?.checks ?? [])].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
    return sorted.map(({ name, title, state, what, click }) => ({
      name,
      title,
      what,
      click,
      icon: ICONS[state],
      word: WORDS[state],
      look: `check ${state}`,
    }));
  }

  private async check(): Promise<void> {
    this.isBusy = true;
    this.problem = null;
    try {
      this.answer = await get<Answer>('/setup/checks');
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isBusy = false;
  }
}
