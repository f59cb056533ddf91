import { csvRow } from '../core/csv.ts';
import type { Geography } from '../core/geography.ts';
import { FileAnswer } from '../http/routes.ts';
import { hundredths } from './flags.ts';
import type { FoundSpace, WhiteSpaceView } from './whiteSpaceView.ts';

/** Rows that a screen shows; the file has all. */
const SHOWN = 20;

/** What would become of a provider: somebody without an account becomes a record, one with an account is worked again. */
export interface Lead {
  readonly key: string;
  readonly name: string;
  readonly kind: 'facility' | 'physician';
  readonly step: 'createLead' | 'createAccount' | 'giveOwner' | 'visitAgain';
  readonly town: string;
  readonly state: string;
  readonly zip: string;
  readonly opportunityUsd: number;
  /** Stands on imputed small cells in part. */
  readonly suppressed: boolean;
}

/** A list of what would be created for the providers of a pocket. It writes nothing: neither here nor in the CRM. */
export function leadsOf(
  space: FoundSpace,
  number: number,
  { view, geography }: { view: WhiteSpaceView; geography: Geography },
): Lead[] {
  return view.providersIn(space, number).map(({ keys, name, kind, unit, zip, potentialUsd, suppressed, why }) => ({
    key: keys[0]!,
    name: name ?? keys[0]!,
    kind,
    step:
      why === 'noAccount'
        ? kind === 'facility'
          ? 'createAccount'
          : 'createLead'
        : why === 'noOwner'
          ? 'giveOwner'
          : 'visitAgain',
    town: geography.names[unit] ?? '',
    state: geography.states[unit] ?? '',
    zip: zip ?? geography.ids[unit] ?? '',
    opportunityUsd: hundredths(potentialUsd),
    suppressed,
  }));
}

export function presentLeads(leads: readonly Lead[]) {
  const count = (step: Lead['step']) => leads.filter((lead) => lead.step === step).length;
  return {
    counts: {
      createLead: count('createLead'),
      createAccount: count('createAccount'),
      giveOwner: count('giveOwner'),
      visitAgain: count('visitAgain'),
    },
    leads: leads.slice(0, SHOWN),
    /** Nothing was written; the list is all there is. */
    written: 0,
  };
}

/** In the columns that the import wizard of Salesforce knows, and a few beside. */
export function leadsCsv(leads: readonly Lead[], number: number): FileAnswer {
  const head = csvRow(
    'Record,Company,Last Name,City,State,Zip,NPI or CCN,Market potential USD a year,Estimated in part,Next step'.split(
      ',',
    ),
  );
  const rows = leads.map(({ step, kind, name, town, state, zip, key, opportunityUsd, suppressed }) => {
    const record = step === 'createLead' ? 'Lead' : step === 'createAccount' ? 'Account' : 'has an account';
    // claims name physicians "LAST FIRST"
    const last = kind === 'physician' ? (name.split(/[\s,]+/)[0] ?? name) : '';
    return csvRow([
      ...[record, name, last, town, state, zip, key, opportunityUsd, suppressed ? 'yes' : 'no'],
      STEP_WORDS[step],
    ]);
  });
  return new FileAnswer(`Pocket ${number} leads.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
}

const STEP_WORDS: Readonly<Record<Lead['step'], string>> = {
  createLead: 'Create a lead',
  createAccount: 'Create an account',
  giveOwner: 'Give the account an owner',
  visitAgain: 'Visit again',
};
