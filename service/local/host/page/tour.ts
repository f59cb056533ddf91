import type { HostContext } from '../shims/runtime.ts';
import { element } from './dom.ts';
import { useOwnFiles } from './header.ts';

const KEY = 'bailiwick-tour-skipped';
const STEPS = [
  {
    title: 'Your territories today',
    text: 'One sentence says what is right and wrong with the map. Each bar is a territory: hours needed against hours there are. Click a name to find it.',
    step: 'today',
  },
  {
    title: 'Demand before any line is drawn',
    text: 'In Market, territories are off. Pick a site of care, a specialty or a procedure family: the map repaints at once.',
    step: 'market',
  },
  {
    title: 'Draw, and watch every bar',
    text: 'In Design, choose a territory, take the lasso and drag around a few ZIPs. The bars move while the mouse moves; Undo takes it back.',
    step: 'design',
  },
  {
    title: 'Let it compute',
    text: '“Fix it” proposes the fewest changes, with a sentence for every move. Reject one and it solves again; Compare shows before and after.',
    step: 'compare',
  },
  {
    title: 'Publish, verify, take it back',
    text: 'A plain list of what will change in the CRM, then a progress bar, then proof, and one button that takes it all back.',
    step: 'publish',
  },
  {
    title: 'Account and rep pages',
    text: 'Search a hospital above for its page, or switch the user to a rep: what is mine, what is it worth, am I treated fairly?',
    step: 'today',
  },
] as const;

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
    reopen.hidden = true;
    card.hidden = false;
    card.replaceChildren(...content({ at, show, skip, context }));
  };
  const skip = () => {
    localStorage.setItem(KEY, 'yes');
    card.hidden = true;
    reopen.hidden = false;
  };
  reopen.addEventListener('click', () => show(0));
  const isRoomy = globalThis.innerWidth > 1100;
  if (localStorage.getItem(KEY) === null && isRoomy) show(0);
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
  const goTo = () => document.dispatchEvent(new CustomEvent('bailiwick-show-step', { detail: step.step }));
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
