import { element } from './dom.ts';

interface Toast {
  title: string;
  message?: string;
  variant?: string;
  mode?: string;
}

const LATER = 'bailiwick-say';
const SHOWN_MS = 6000;
const THEMES: Readonly<Record<string, string>> = { success: 'success', error: 'error', warning: 'warning' };

/** Keeps a message for the page that comes next. */
export function sayOnNextPage(toast: Toast): void {
  sessionStorage.setItem(LATER, JSON.stringify(toast));
}

/** Says what the page before has left. */
export function sayWhatWasKept(): void {
  const kept = sessionStorage.getItem(LATER);
  sessionStorage.removeItem(LATER);
  if (kept) document.dispatchEvent(new CustomEvent('lightning__showtoast', { detail: JSON.parse(kept) as Toast }));
}

/** Shows what components report, as Lightning's page does. */
export function listenForToasts(place: HTMLElement): void {
  document.addEventListener('lightning__showtoast', (event) => {
    const { title, message = '', variant = 'info', mode } = (event as CustomEvent<Toast>).detail;
    const close = element('button', { class: 'toast-close', 'aria-label': 'Close' }, '×');
    const theme = THEMES[variant] ?? 'info';
    const toast = element('div', { class: `slds-notify slds-notify_toast slds-theme_${theme}`, role: 'status' });
    toast.append(
      element(
        'div',
        { class: 'slds-notify__content' },
        element('h2', { class: 'slds-text-heading_small' }, title),
        element('p', {}, message),
      ),
      close,
    );
    close.addEventListener('click', () => toast.remove());
    if (mode !== 'sticky') setTimeout(() => toast.remove(), SHOWN_MS);
    place.append(toast);
  });
}
