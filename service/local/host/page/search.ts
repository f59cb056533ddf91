import { element, icon } from './dom.ts';
import { askService } from './session.ts';

interface Found {
  id: string;
  name: string;
  city: string;
  zip: string;
  kind: string;
  territoryName: string | null;
}

const WAIT_MS = 180;

/** Global search over the accounts that the current user may see. */
export function searchBox(): HTMLElement {
  const input = element('input', {
    type: 'search',
    placeholder: 'Search accounts…',
    'aria-label': 'Search accounts',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'found',
    autocomplete: 'off',
  });
  const list = element('div', { id: 'found', class: 'host-found', role: 'listbox', hidden: '' });
  const holder = element(
    'div',
    { class: 'host-search' },
    icon('M21 21l-5-5M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13z', 16),
    input,
    list,
  );
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(input.value.trim(), ++asked), WAIT_MS);
  });
  holder.addEventListener('keydown', (event) => moveFocus(event, input, list));
  document.addEventListener('click', (event) => !event.composedPath().includes(holder) && show([]));
  const show = (rows: Node[]) => {
    list.replaceChildren(...rows);
    list.toggleAttribute('hidden', rows.length === 0);
    input.setAttribute('aria-expanded', `${rows.length > 0}`);
  };
  const ask = async (text: string, turn: number) => {
    if (text.length < 2) return show([]);
    try {
      const { accounts } = (await askService(`/api/accounts?limit=8&q=${encodeURIComponent(text)}`)) as {
        accounts: Found[];
      };
      if (turn !== asked) return;
      show(
        accounts.length > 0 ? accounts.map(row) : [element('p', {}, `No account that you may see matches “${text}”.`)],
      );
    } catch (cause) {
      show([element('p', {}, `Search is not available: ${cause instanceof Error ? cause.message : 'unknown reason'}`)]);
    }
  };
  return holder;
}

function row({ id, name, city, zip, kind, territoryName }: Found): HTMLElement {
  const note = [kind, [city, zip].filter(Boolean).join(' '), territoryName].filter(Boolean).join(' · ');
  return element(
    'a',
    { href: `/lightning/r/Account/${id}/view`, role: 'option' },
    element('b', {}, name),
    element('small', {}, note),
  );
}

function moveFocus(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...list.querySelectorAll('a')];
  const at = rows.indexOf(document.activeElement as HTMLAnchorElement) + (event.key === 'ArrowDown' ? 1 : -1);
  event.preventDefault();
  if (at < 0) input.focus();
  else rows[at]?.focus();
}
