import { unitIndex, type Geography } from '../core/geography.ts';
import type { AccountId } from '../core/ids.ts';
import { unitInputs, type AccountKind, type AccountPart, type WorkAccount } from '../core/unitInputs.ts';
import type { UnitInputs } from '../core/measures.ts';
import type { AccountsOrg, CrmAccount, MarketFigures } from './ports.ts';

/** Accounts are read again when they are older than this, or when somebody asks for it after a write. */
const FRESH_MS = 10 * 60_000;

/** One call plan a team, before and after a change of the claims. */
const MAX_KEPT = 8;

/** An account with its place in the geography; unit -1 where its address names no unit. */
export interface KnownAccount extends CrmAccount {
  readonly unit: number;
  readonly work: AccountKind;
}

interface Page {
  readonly revision: number;
  readonly byId: ReadonlyMap<AccountId, KnownAccount>;
  readonly byUnit: ReadonlyMap<number, readonly KnownAccount[]>;
}

/** The accounts of the CRM, held in memory and read again in the background. */
export function createBook({ org, geography, now }: { org: AccountsOrg; geography: Geography; now: () => Date }) {
  const units = unitIndex(geography);
  let page: Promise<Page> | null = null;
  let readAt = 0;
  let revision = 0;
  const measures = new Map<string, { inputs: UnitInputs; parts: Map<string, AccountPart> }>();

  function read(maxAgeMs = FRESH_MS): Promise<Page> {
    if (!page || now().getTime() - readAt > maxAgeMs) {
      const former = page;
      readAt = now().getTime();
      page = load();
      page.catch(() => (page = former));
    }
    return page;
  }

  async function load(): Promise<Page> {
    const accounts = (await org.accounts()).map((account): KnownAccount => ({
      ...account,
      unit: unitFor(account),
      work: account.recordClass ?? workKind(account),
    }));
    const byUnit = new Map<number, KnownAccount[]>();
    for (const account of accounts) {
      const list = byUnit.get(account.unit);
      if (list) list.push(account);
      else byUnit.set(account.unit, [account]);
    }
    return { revision: ++revision, byId: new Map(accounts.map((account) => [account.id, account])), byUnit };
  }

  /** A ZIP counts only where its state agrees: a wrong digit must not send an account across the country. */
  function unitFor({ zip, state }: CrmAccount): number {
    const unit = units.get((zip ?? '').trim().slice(0, 5));
    if (unit === undefined || (state && state !== geography.states[unit])) return -1;
    return unit;
  }

  /** Measures of every unit and account under these figures; computed once per revision and call plan. */
  async function measured(figures: MarketFigures): Promise<{ inputs: UnitInputs; parts: Map<string, AccountPart> }> {
    const { byId, revision: at } = await read();
    const key = JSON.stringify([at, figures.revision, figures.callPlan, figures.travel]);
    const known = measures.get(key);
    if (known) return known;
    const value = unitInputs({ ...figures, accounts: [...byId.values()].map(asWork), geography });
    for (const [oldest] of measures) if (measures.size >= MAX_KEPT) measures.delete(oldest);
    measures.set(key, value);
    return value;
  }

  return {
    /** Every account, read at most this long ago. */
    all: async (maxAgeMs = FRESH_MS) => [...(await read(maxAgeMs)).byId.values()],
    find: async (id: AccountId) => (await read()).byId.get(id) ?? null,
    inUnit: async (unit: number) => (await read()).byUnit.get(unit) ?? [],
    measured,
    /** Every account as work sees it, by id. */
    work: async () => [...(await read()).byId.values()].map(asWork).sort((a, b) => (a.id < b.id ? -1 : 1)),
    /** Another number whenever the accounts were read anew. */
    revision: async () => (await read()).revision,
    forget: () => void (readAt = 0),
  };
}

export type Book = ReturnType<typeof createBook>;

/** Where no rule of the mapping tells it: by the words of its kind, and a CCN belongs to a facility. */
function workKind({ kind, ccn, npi }: CrmAccount): AccountKind {
  if (!kind && ccn && !npi) return 'facility';
  if (kind && /system|parent|idn|network/i.test(kind)) return 'parent';
  return kind && /hospital|cent(er|re)|facility|lab|clinic/i.test(kind) ? 'facility' : 'physician';
}

function asWork(account: KnownAccount): WorkAccount {
  return {
    id: account.id,
    kind: account.work,
    unit: account.unit,
    keys: [account.npi, account.ccn].filter((key): key is string => Boolean(key)),
    address: (account.street ?? '').trim().toLowerCase(),
    salesUsd: account.salesUsd,
  };
}
