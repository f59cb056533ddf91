import type { HostContext } from '../shims/runtime.ts';
import { element } from './dom.ts';
import { TOUR_SKIPPED as KEY, useOwnFiles } from './header.ts';
import { askService } from './session.ts';

const STEPS = [
  {
    title: 'Your territories today',
    text: 'One sentence says what is right and wrong with the map. Each bar is a territory: hours needed against hours there are. Click a finding or a name to see it on the map.',
    step: 'today',
  },
  {
    title: 'Demand before any line is drawn',
    text: 'In Market, territories are off. Pick a site of care, a specialty or a procedure family: the map repaints at once.',
    step: 'market',
  },
  {
    title: 'Draw, and watch every bar',
    text: 'In Design, choose a territory, take the lasso and drag around a few ZIPs beside it. The bars move while the mouse moves; Undo takes it back. Nothing reaches the CRM.',
    step: 'design',
  },
  {
    title: 'Let it compute',
    text: 'Also in Design: “Fix it” proposes the fewest changes, with a sentence for every move. Reject one and the rest is solved again. Accept it, and Compare shows before and after.',
    step: 'design',
  },
  {
    title: 'Publish, verify, take it back',
    text: 'A plain list of what will change in the CRM, then a progress bar, then proof, and one button that takes it all back.',
    step: 'publish',
  },
  {
    title: 'Account and rep pages',
    text: '“Show me” opens a hospital’s page: whose it is and why, what it does by site of care. Then switch the user, top right, to a rep: what is mine, what is it worth, am I treated fairly?',
    step: 'account',
  },
] as const;

/** Where the tour stands, so that it goes on after another page was looked at. */
const AT = 'bailiwick-tour-at';

/** Six steps beside the page; whoever skips them never sees them again in this browser. */
export function offerTour(context: HostContext): void {
  const { page } = context;
  if (page.type !== 'standard__navItemPage') return;
  const card = element('aside', { class: 'host-tour', 'aria-label': 'Tour' });
  const reopen = element('button', { class: 'host-link', type: 'button' }, 'Tour');
  document.body.append(card);
  document.querySelector('.host-actions .sample-tag')?.after(reopen);
  let at = 0;
  const show = (next: number) => {
    at = next;
    localStorage.removeItem(KEY);
    sessionStorage.setItem(AT, `${at}`);
    reopen.hidden = true;
    card.hidden = false;
    card.replaceChildren(...content({ at, show, skip, context }));
  };
  const skip = () => {
    localStorage.setItem(KEY, 'yes');
    sessionStorage.removeItem(AT);
    card.hidden = true;
    reopen.hidden = false;
  };
  reopen.addEventListener('click', () => show(0));
  const isRoomy = globalThis.innerWidth > 1100;
  if (localStorage.getItem(KEY) === null && isRoomy) show(Number(sessionStorage.getItem(AT) ?? 0));
  else if (isRoomy) skip();
  else card.hidden = true;
}

function content({
  at,
  show,
  skip,
  context,
}: {
  at: number;
  show: (next: number) => void;
  skip: () => void;
  context: HostContext;
}): HTMLElement[] {
  const step = STEPS[at] ?? STEPS[0];
  const last = at === STEPS.length - 1;
  const button = (text: string, look: string, act: () => void) => {
    const made = element('button', { class: `slds-button slds-button_${look}`, type: 'button' }, text);
    made.addEventListener('click', act);
    return made;
  };
  const goTo = () => {
    if (step.step === 'account') void openHospital();
    else document.dispatchEvent(new CustomEvent('bailiwick-show-step', { detail: step.step }));
  };
  const actions = [
    button('Show me', 'neutral', goTo),
    button(last ? 'Done' : 'Next', 'brand', last ? skip : () => show(at + 1)),
  ];
  if (last) {
    actions.unshift(button('Use my own files', 'neutral', () => void useOwnFiles(context)));
  }
  return [
    element('small', {}, `${at + 1} of ${STEPS.length}`),
    element('h2', {}, step.title),
    element('p', {}, step.text),
    element('div', { class: 'host-tour-actions' }, button('Skip tour', 'link', skip), ...actions),
  ];
}

/** The page of some hospital that this user may see. */
async function openHospital(): Promise<void> {
  const { accounts } = (await askService('/api/accounts?limit=1&q=hospital')) as { accounts: { id: string }[] };
  const [first] = accounts;
  if (first) location.assign(`/lightning/r/Account/${first.id}/view`);
}
