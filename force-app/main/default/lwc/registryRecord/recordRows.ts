import { count, day, filled, keysLine, percent, plural, usd } from 'c/bailiwick';
import type { RecordPage, RecordVolume } from 'c/bailiwick';
import { texts } from './texts';

/** Counts below this are not shown, not even as estimates. */
const GUARDED_BELOW = 11;

/** Procedures a year that the market counts for a record. */
export const counted = ({ volumes }: RecordPage): number =>
  volumes.filter(({ counts }) => counts).reduce((sum, { procedures }) => sum + procedures, 0);

export function volumeText(page: RecordPage): string {
  if (page.volumes.length === 0) return texts.theMarketsClaimsDoNotShowIt;
  const parts = page.volumes.filter(({ counts }) => !counts).length;
  const all = filled(texts.countedForItBeforeCorrections, count(counted(page)));
  return parts > 0 ? filled(texts.rowsWithTakesPartCountForSomebody, all) : all;
}

export function volumeRows(page: RecordPage) {
  const total = counted(page);
  return page.volumes.map((volume, i) => {
    const isHidden = volume.suppressed && volume.procedures < GUARDED_BELOW;
    return {
      id: String(i),
      where: volume.facilityName ?? volume.facilityKey ?? texts.office,
      site: siteText(volume),
      procedures: isHidden ? `< ${GUARDED_BELOW}` : `${volume.suppressed ? '≈ ' : ''}${count(volume.procedures)}`,
      share: volume.counts && total > 0 && !isHidden ? percent(volume.procedures / total) : '—',
      potential: isHidden ? '—' : usd(volume.opportunityUsd),
    };
  });
}

function siteText({ siteName, zip, counts, suppressed }: RecordVolume): string {
  const parts = [siteName, zip ?? '', suppressed ? texts.partlyEstimated : '', counts ? '' : texts.takesPart];
  return parts.filter((part) => part !== '').join(', ');
}

/** Every slot that it names, its own main one first. */
export function specialtyRows({ specialties }: RecordPage) {
  return [...specialties]
    .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.slot - b.slot)
    .map(({ npi, slot, code, isPrimary, name }) => ({
      id: `${npi} ${slot}`,
      name: name ?? code,
      isPrimary,
      text: filled(texts.slot, name === null ? texts.noListOfSpecialtiesIsLoaded : code, slot),
    }));
}

export function affiliationRows({ affiliations }: RecordPage) {
  return affiliations.map(({ key, name, zip, hasRecord, basis, procedures, share }) => ({
    key,
    name,
    hasRecord,
    text: [
      hasRecord ? '' : filled(texts.inNoLoadedFile, key),
      basis === 'claims' ? texts.fromClaims : texts.fromAListOfAffiliations,
      procedures === null ? '' : plural(Math.round(procedures), texts.procedure),
      share === null ? '' : filled(texts.ofTheProviders, percent(share)),
      zip ?? '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  }));
}

/** Each source once for every way in which it names the record. */
export function sourceRows({ sources }: RecordPage) {
  const rows = sources.map((source) => ({
    file: source.file,
    text: [source.name ?? '', keysLine(source), filled(texts.loaded, day(source.importedAt))]
      .filter((part) => part !== '')
      .join(' · '),
  }));
  const distinct = new Map(rows.map((row) => [`${row.file} ${row.text}`, row]));
  return [...distinct].map(([id, row]) => ({ id, ...row }));
}

export function alternativeRows({ alternatives }: RecordPage) {
  return alternatives.map(({ field, value, file }, i) => ({
    id: String(i),
    value,
    text: filled(texts.anotherIn, field === 'zip' ? 'ZIP' : field, file),
  }));
}
