import { addressLine, count, filled, keysLine, kindWord, plural } from 'c/bailiwick';
import type { RecordPage } from 'c/bailiwick';
import { texts } from './texts';

/** How an account's record became known, in words. */
const HOW: Readonly<Record<string, string>> = {
  key: texts.byNpiOrCcn,
  nameAndAddress: texts.byNameAndAddress,
  accepted: texts.acceptedByAPerson,
  byHand: texts.namedByHand,
};

/** What a record is, line by line; what is not known has none. */
export function factLines({ record, keys, account }: RecordPage): string[] {
  const { kind, address, phone, ownership, emergency, beds } = record;
  const others = keys.filter((key) => key !== record.npi && key !== record.ccn);
  const lines = [
    [kindWord(kind), ownership ?? ''].filter((part) => part !== '').join(', '),
    addressLine(address, record),
    keysLine(record),
    others.length > 0 ? filled(texts.alsoKnownAs, others.join(', ')) : '',
    phone === null ? '' : filled(texts.phone, phone),
    beds === null ? '' : plural(beds, texts.bed),
    emergency === true ? texts.emergencyServices : '',
    account ? filled(texts.accountInSalesforce, account.name, HOW[account.how] ?? account.how) : '',
  ];
  return lines.filter((line) => line !== '');
}

/** Kilometres from the point of its ZIP beyond which a file's coordinates are not believed; the service decides, this explains. */
const FAR_KM = 80;

/** How well its place on the map is known. */
export function coordinatesText({ record, sources }: RecordPage): string {
  if (record.coordinates === 'source') return texts.onTheMapWhereItsFileSays;
  if (record.coordinates === 'unknown') return texts.notOnTheMapNoFileGivesUsable;
  const far = sources.find(({ zipKm }) => zipKm !== null && zipKm > FAR_KM);
  const why = far
    ? filled(texts.putsItKmAwayFromItsZipWhichCannot, far.file, count(far.zipKm!))
    : texts.itsFilesGiveNoCoordinates;
  return filled(texts.onTheMapAtThePointOfItsZip, record.zip ?? '', why);
}
