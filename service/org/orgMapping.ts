import type { CrmRecord, OrgConnection } from './connection.ts';
import type { CrmMapping, DescribedObject } from './mapping.ts';
import { mappingProblems, usableMapping, type MappingProblem } from './mappingCheck.ts';
import { guessMapping, type FieldSample, type MappingGuess, type Samples } from './mappingGuess.ts';
import { ACCOUNT_SPECS, USER_SPECS } from './mappingRoles.ts';
import { names, soql } from './soql.ts';

/** Newest records that are read to see what stands in the fields: one page. */
const SAMPLE_ROWS = 2000;
/** A query's URL takes 16 KB; this many names of 40 characters fit with room to spare. */
const FIELDS_PER_QUERY = 120;
const VALUES_KEPT = 200;

interface DescribeAnswer {
  fields: { name: string; label: string; type: string; picklistValues?: { value: string }[]; referenceTo?: string[] }[];
  recordTypeInfos?: { developerName?: string; name: string; master?: boolean; active?: boolean }[];
}

type Described = { account: DescribedObject; user: DescribedObject };

/** Where the product's values stand in this org: guessed, or as an admin confirmed it. */
export class OrgMapping {
  readonly #connection: OrgConnection;
  #saved: CrmMapping | null = null;
  #current: Promise<CrmMapping> | undefined;

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** What queries use: the confirmed mapping, else the guess, without fields that are not there. */
  mapping(): Promise<CrmMapping> {
    this.#current ??= this.#load().catch((error: unknown) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  async #load(): Promise<CrmMapping> {
    if (this.#saved === null) return (await this.suggestMapping()).mapping;
    return usableMapping(this.#saved, await this.checkMapping(this.#saved));
  }

  /** From now on this one counts; null goes back to the guess. */
  useMapping(mapping: CrmMapping | null): void {
    this.#saved = mapping;
    this.#current = undefined;
  }

  /** Guessed from describe and from what stands in the newest records, with every candidate and why. */
  async suggestMapping(): Promise<MappingGuess> {
    const described = await this.#described();
    const account = await this.#samples('Account', described.account, Object.values(ACCOUNT_SPECS));
    const user = await this.#samples('User', described.user, Object.values(USER_SPECS));
    return guessMapping(described, { account, user });
  }

  async checkMapping(mapping: CrmMapping): Promise<MappingProblem[]> {
    return mappingProblems(mapping, await this.#described());
  }

  async #described(): Promise<Described> {
    // one after the other: an org that does not answer is asked once
    const account = await this.#describe('Account');
    return { account, user: await this.#describe('User') };
  }

  async #describe(object: string): Promise<DescribedObject> {
    const answer = (await this.#connection.call({
      method: 'GET',
      url: `/sobjects/${object}/describe`,
    })) as DescribeAnswer;
    return {
      fields: answer.fields.map(({ name, label, type, picklistValues = [], referenceTo = [] }) => ({
        name,
        label,
        type,
        values: picklistValues.map(({ value }) => value),
        referenceTo,
      })),
      recordTypes: (answer.recordTypeInfos ?? [])
        .filter((info) => info.master !== true && info.active !== false)
        .flatMap(({ developerName, name }) => (developerName ? [{ developerName, name }] : [])),
    };
  }

  /** Values of all fields whose type fits some role, in the newest records. */
  async #samples(object: string, described: DescribedObject, specs: { types: readonly string[] }[]): Promise<Samples> {
    const types = new Set(specs.flatMap((spec) => spec.types));
    const isAsked = ({ name, type }: { name: string; type: string }): boolean =>
      types.has(type) && type !== 'textarea' && !/^(Created|LastModified|LastViewed|LastReferenced)/.test(name);
    const fields = described.fields.filter(isAsked).map((field) => field.name);
    const samples = new Map<string, FieldSample>();
    for (let at = 0; at < fields.length; at += FIELDS_PER_QUERY) {
      const some = fields.slice(at, at + FIELDS_PER_QUERY);
      const rows = await this.#connection.query(
        soql`SELECT ${names(...some)} FROM ${names(object)} ORDER BY LastModifiedDate DESC, Id LIMIT ${SAMPLE_ROWS}`,
      );
      for (const name of some) samples.set(name, sampleOf(name, rows));
    }
    return samples;
  }
}

function sampleOf(name: string, rows: readonly CrmRecord[]): FieldSample {
  const counts = new Map<string, number>();
  let filled = 0;
  for (const row of rows) {
    const value = row[name];
    if (value == null || value === '') continue;
    filled++;
    const told = String(value as string | number);
    counts.set(told, (counts.get(told) ?? 0) + 1);
  }
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, VALUES_KEPT);
  return { rows: rows.length, filled, values };
}
