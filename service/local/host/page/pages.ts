import { createElement, type LightningElement } from 'lwc';
import AccountTerritory from 'c/accountTerritory';
import TerritoryWorkbench from 'c/territoryWorkbench';
import UserTerritory from 'c/userTerritory';
import type { HostContext } from '../shims/runtime.ts';
import { element } from './dom.ts';
import { quickAction } from './quickAction.ts';

interface UiRecord {
  apiName: string;
  fields: Record<string, { value: unknown }>;
}

/** Mounts the component that a Lightning page of this kind would hold. */
export function showPage(place: HTMLElement, context: HostContext): void {
  const { page, userId } = context;
  if (page.apiName === 'Account' && page.recordId !== undefined) return showRecord(place, page.recordId, context);
  if (page.apiName === 'User')
    return place.append(
      heading('User'),
      mount('c-user-territory', UserTerritory, { recordId: page.recordId ?? userId }),
    );
  if (page.type === 'standard__namedPage' || page.type === 'my-territory')
    return place.append(heading('Home'), mount('c-user-territory', UserTerritory, {}));
  place.className = 'host-full';
  place.append(mount('c-territory-workbench', TerritoryWorkbench, {}));
}

/** Lightning's own heading of a page, which only screen readers meet. */
function heading(text: string): HTMLElement {
  return element('h1', { class: 'slds-assistive-text' }, text);
}

function mount(name: string, is: typeof LightningElement, properties: object): HTMLElement {
  return Object.assign(createElement(name, { is }), properties);
}

function showRecord(place: HTMLElement, recordId: string, { permissions }: HostContext): void {
  const title = element('h1', { class: 'host-title' }, 'Account');
  const details = element('dl', { class: 'host-details' });
  const side = element(
    'article',
    { class: 'slds-card host-card' },
    element('h2', { class: 'host-card-title' }, 'Details'),
    details,
  );
  const component = element(
    'div',
    { class: 'host-main' },
    mount('c-account-territory', AccountTerritory, { recordId }),
  );
  const heading = element('div', {}, element('small', {}, 'Account'), title);
  const actions = permissions.includes('Bailiwick_Reassign') ? [quickAction(recordId)] : [];
  place.append(element('div', { class: 'host-highlights' }, heading, ...actions));
  place.append(element('div', { class: 'host-columns' }, component, side));
  const read = () => void fill(recordId, title, details);
  read();
  globalThis.addEventListener('host-record-changed', read);
}

/** Fields that a page layout would not show. */
const HOUSEKEEPING =
  /^(Name|IsDeleted|SystemModstamp|IsExcludedFromRealign|.*Id|(Created|LastModified)Date|.*(Latitude|Longitude))$/;

async function fill(recordId: string, title: HTMLElement, details: HTMLElement): Promise<void> {
  const response = await fetch(`/ui-api/records/${recordId}`);
  if (!response.ok) {
    title.textContent = 'This account is not there or not visible to you';
    return;
  }
  const { fields } = (await response.json()) as UiRecord;
  title.textContent = `${fields['Name']?.value ?? 'Account'}`;
  details.replaceChildren();
  for (const [name, field] of Object.entries(fields)) {
    if (HOUSEKEEPING.test(name) || field.value === null || typeof field.value === 'object') continue;
    details.append(element('dt', {}, words(name)), element('dd', {}, `${field.value}`));
  }
}

/** `BillingPostalCode` → “Billing Postal Code”, `Facility_Kind__c` → “Facility Kind”. */
function words(name: string): string {
  return name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
}
