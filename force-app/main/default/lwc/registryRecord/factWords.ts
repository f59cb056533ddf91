import { addressLine, count, keysLine, kindWord, plural } from 'c/bailiwick';
import type { RecordPage } from 'c/bailiwick';

/** How an account's record became known, in words. */
const HOW: Readonly<Record<string, string>> = {
  key: 'by NPI or CCN',
  nameAndAddress: 'by name and address',
  accepted: 'accepted by a person',
  byHand: 'named by hand',
};

/** What a record is, line by line; what is not known has none. */
export function factLines({ record, keys, account }: RecordPage): string[] {
  const { kind, address, phone, ownership, emergency, beds } = record;
  const others = keys.filter((key) => key !== record.npi && key !== record.ccn);
  const lines = [
    [kindWord(kind), ownership ?? ''].filter((part) => part !== '').join(', '),
    addressLine(address, record),
    keysLine(record),
    others.length > 0 ? `Also known as ${others.join(', ')}` : '',
    phone === null ? '' : `Phone ${phone}`,
    beds === null ? '' : plural(beds, 'bed'),
    emergency === true ? 'Emergency services' : '',
    account ? `Account in Salesforce: ${account.name} (${HOW[account.how] ?? account.how})` : '',
  ];
  return lines.filter((line) => line !== '');
}

/** Kilometres from the point of its ZIP beyond which a file's coordinates are not believed; the service decides, this explains. */
const FAR_KM = 80;

/** How well its place on the map is known. */
export function coordinatesText({ record, sources }: RecordPage): string {
  if (record.coordinates === 'source') return 'On the map where its file says.';
  if (record.coordinates === 'unknown') return 'Not on the map: no file gives usable coordinates or a known ZIP.';
  const far = sources.find(({ zipKm }) => zipKm !== null && zipKm > FAR_KM);
  const why = far
    ? `${far.file} puts it ${count(far.zipKm!)} km away from its ZIP, which cannot be`
    : 'its files give no coordinates';
  return `On the map at the point of its ZIP ${record.zip ?? ''}: ${why}.`;
}
