import type { HostContext } from '../shims/runtime.ts';
import { element, icon, initials } from './dom.ts';
import { searchBox } from './search.ts';
import { sayOnNextPage } from './toasts.ts';

type FullContext = HostContext & { canReset?: boolean };
type HostUser = HostContext['users'][number];

const WORKBENCH = '/lightning/app/territories';
const GRID = 'M5 5h.01M12 5h.01M19 5h.01M5 12h.01M12 12h.01M19 12h.01M5 19h.01M12 19h.01M19 19h.01';
const DROP = 'M6 9l6 6 6-6';
const ROLES = { rep: 'Reps', admin: 'Territory Admins', salesOps: 'Sales Ops' };

/** The global header with search and user switcher, and the app's navigation bar below it. */
export function showHeader(place: HTMLElement, context: FullContext): void {
  place.className = 'host-header';
  const tag = element(
    'span',
    { class: 'sample-tag', title: 'Invented people, accounts and procedures' },
    'Sample data',
  );
  const top = element(
    'div',
    { class: 'host-top' },
    logo(),
    searchBox(),
    element('div', { class: 'host-actions' }, tag, ownFiles(context), ...resetButton(context), userMenu(context)),
  );
  place.append(top, navigation(context));
}

function logo(): HTMLElement {
  const mark = icon('M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5', 26);
  return element('a', { class: 'host-logo', href: '/', 'aria-label': 'Bailiwick' }, mark);
}

function navigation({ page, userId, permissions }: HostContext): HTMLElement {
  const items = [
    { label: 'Home', href: '/lightning/page/home', on: page.type === 'standard__namedPage' },
    { label: 'My territory', href: `/lightning/r/User/${userId}/view`, on: page.apiName === 'User' },
  ];
  if (permissions.includes('Bailiwick_Reassign')) {
    items.splice(1, 0, { label: 'Territories', href: WORKBENCH, on: page.type === 'standard__navItemPage' });
  }
  if (page.apiName === 'Account') items.push({ label: 'Account', href: location.pathname, on: true });
  const links = items.map(({ label, href, on }) =>
    element(
      'a',
      { href, class: on ? 'host-tab host-tab-on' : 'host-tab', ...(on ? { 'aria-current': 'page' } : {}) },
      label,
    ),
  );
  const launcher = element('span', { class: 'host-launcher' }, icon(GRID, 22));
  return element(
    'nav',
    { class: 'host-nav', 'aria-label': 'App' },
    launcher,
    element('span', { class: 'host-app' }, 'Bailiwick'),
    ...links,
  );
}

/** Whoever skipped the tour, or left it for own files, does not see it again in this browser. */
export const TOUR_SKIPPED = 'bailiwick-tour-skipped';
const endTour = () => localStorage.setItem(TOUR_SKIPPED, 'yes');

/** The market step with its upload in sight, as somebody who may load claims. */
export async function useOwnFiles({ users, userId }: HostContext): Promise<void> {
  const loader = users.find(({ role }) => role === 'salesOps');
  if (loader && loader.id !== userId) {
    await fetch(`/switch-user/${loader.id}`, { method: 'POST' });
    sayOnNextPage({
      title: `You are ${loader.name} now`,
      message: 'Sales Ops may load claims. Switch back top right.',
    });
  }
  endTour();
  location.assign(`${WORKBENCH}?c__step=market&c__upload=1`);
}

function ownFiles(context: HostContext): HTMLElement {
  const button = element(
    'button',
    { class: 'host-link', type: 'button', title: 'As Sales Ops, who may load claims' },
    'Use my own files',
  );
  button.addEventListener('click', () => void useOwnFiles(context));
  return button;
}

function resetButton({ canReset }: FullContext): HTMLElement[] {
  if (canReset !== true) return [];
  const button = element('button', { class: 'host-link', type: 'button' }, 'Reset sample');
  button.addEventListener('click', () => void reset(button));
  return [button];
}

async function reset(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  button.textContent = 'Resetting…';
  const response = await fetch('/reset-sample', { method: 'POST' });
  if (response.ok) location.assign('/lightning/app/territories');
  else button.textContent = 'Reset failed: start again with npm start';
}

function userMenu({ users, userId }: HostContext): HTMLElement {
  const current = users.find(({ id }) => id === userId);
  const button = element('button', {
    class: 'host-user',
    type: 'button',
    'aria-haspopup': 'true',
    'aria-expanded': 'false',
    'aria-label': `${current?.name ?? 'Nobody'}, ${current?.title ?? ''}: see the page as somebody else`,
  });
  const words = element(
    'span',
    { class: 'host-user-words' },
    element('b', {}, current?.name ?? 'Nobody'),
    element('small', {}, current?.title ?? ''),
  );
  button.append(
    element('span', { class: 'host-avatar', 'aria-hidden': 'true' }, initials(current?.name ?? '?')),
    words,
    icon(DROP, 16),
  );
  const menu = element('div', { class: 'host-menu', role: 'menu', hidden: '' });
  menu.append(element('p', { class: 'host-menu-note' }, 'See the page as somebody else (only here, never in an org)'));
  for (const role of ['salesOps', 'admin', 'rep'] as const) {
    menu.append(
      element('h3', {}, ROLES[role]),
      ...users.filter((user) => user.role === role).map((user) => menuItem(user, userId)),
    );
  }
  const show = (open: boolean) => {
    menu.toggleAttribute('hidden', !open);
    button.setAttribute('aria-expanded', `${open}`);
    if (open) menu.querySelector('button')?.focus();
  };
  button.addEventListener('click', () => show(menu.hasAttribute('hidden')));
  const holder = element('div', { class: 'host-user-holder' }, button, menu);
  holder.addEventListener('keydown', (event) => event.key === 'Escape' && (show(false), button.focus()));
  document.addEventListener('click', (event) => !event.composedPath().includes(holder) && show(false));
  return holder;
}

function menuItem(user: HostUser, userId: string): HTMLElement {
  const item = element('button', { type: 'button', role: 'menuitem', class: user.id === userId ? 'host-menu-on' : '' });
  item.append(element('b', {}, user.name), element('small', {}, user.title));
  item.addEventListener('click', () => void switchTo(user));
  return item;
}

async function switchTo(user: HostUser): Promise<void> {
  await fetch(`/switch-user/${user.id}`, { method: 'POST' });
  if (location.pathname.startsWith('/lightning/r/User/')) location.assign(`/lightning/r/User/${user.id}/view`);
  else if (user.role === 'rep' && location.pathname === WORKBENCH) location.assign('/lightning/page/home');
  else location.reload();
}
