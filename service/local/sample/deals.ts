import type { Row, SampleAccount } from './accounts.ts';
import { chance, cumulated, pick, pickWeighted, sampleId } from './identifiers.ts';
import { personName } from './names.ts';
import { CODES } from './procedures.ts';

/** Open stages with their usual shares and probabilities in percent. */
const STAGES = [
  ['Prospecting', 0.24, 10],
  ['Qualification', 0.2, 10],
  ['Needs Analysis', 0.17, 20],
  ['Value Proposition', 0.14, 50],
  ['Perception Analysis', 0.08, 70],
  ['Proposal/Price Quote', 0.1, 75],
  ['Negotiation/Review', 0.07, 90],
] as const;
const FIRST_CLOSE = Date.UTC(2026, 11, 1);
const CLOSE_DAYS = 270;

/** Open deals: accounts are drawn by what they could be worth, and the account's owner owns the deal. */
export function opportunityRecords(seed: number, accounts: readonly SampleAccount[], count: number): Row[] {
  const weights = cumulated(accounts.map(({ potentialUsd }) => Math.sqrt(potentialUsd)));
  return Array.from({ length: count }, (_, i) => {
    const random = chance(seed, 'deal', i);
    const account = accounts[pickWeighted(random, weights)];
    const [StageName, , Probability] =
      STAGES[pickWeighted(random, cumulated(STAGES.map(([, share]) => share)))] ?? STAGES[0];
    const close = new Date(FIRST_CLOSE + Math.floor(CLOSE_DAYS * random()) * 86_400_000);
    const amount = Math.max(2500, Math.round(((account?.potentialUsd ?? 0) * (0.05 + 0.25 * random())) / 100) * 100);
    return {
      Id: sampleId('006', i + 1),
      Name: `${account?.row['Name'] ?? ''}: ${pick(random, CODES).family}`.slice(0, 120),
      AccountId: account?.row['Id'] ?? null,
      OwnerId: account?.row['OwnerId'] ?? null,
      StageName,
      Probability,
      Amount: Math.min(amount, 400_000),
      CloseDate: close.toISOString().slice(0, 10),
      IsClosed: false,
      IsWon: false,
    };
  });
}

/** One contact for every second facility. */
export function contactRecords(seed: number, accounts: readonly SampleAccount[]): Row[] {
  const facilities = accounts.filter(
    ({ row }) => row['Facility_Kind__c'] === 'Hospital' || row['Facility_Kind__c'] === 'Surgery Center',
  );
  return facilities
    .filter((_, i) => i % 2 === 0)
    .map(({ row }, i) => {
      const random = chance(seed, 'contact', i);
      const { first, last } = personName(random);
      const Title = pick(random, ['Operating Room Director', 'Materials Manager', 'Service Line Lead', 'Chief Nurse']);
      return {
        Id: sampleId('003', i + 1),
        FirstName: first,
        LastName: last,
        Title,
        AccountId: row['Id'] ?? null,
        OwnerId: row['OwnerId'] ?? null,
      };
    });
}
