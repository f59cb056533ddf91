import { hours, percent, plural } from 'c/bailiwick';
import type { RegionSize, Roi, Size, TerritorySize } from 'c/bailiwick';

const VERDICTS: Readonly<Record<RegionSize['verdict'], string>> = {
  hire: 'Hire: even at 115 % of the hours these reps are too few.',
  rebalance: 'Enough reps: rebalance before hiring.',
  enough: 'Enough reps, and nobody is above the hours.',
  spare: 'More reps than the work needs, even at 90 % of the hours.',
};
const ROI: Readonly<Record<Roi['verdict'], string>> = {
  hire: 'hire',
  rightSized: 'right-sized',
  doNotHire: 'do not hire',
  unclear: 'the band says nothing for sure',
};
const heads = (value: number): string => value.toFixed(1);
const roiText = (roi: Roi | null): string =>
  roi ? ` Return ${percent(roi.low)} to ${percent(roi.high)}: ${ROI[roi.verdict]}.` : '';

/** Every region, and all together last. */
export function regionRows({ regions }: Size, open: string) {
  return regions.map((one) => {
    const { region, reps, vacant, low, high, verdict, oneMore } = one;
    const name = region ?? 'All regions';
    const key = region ?? 'all';
    const from = oneMore.givers.map((giver) => `${giver.name} ${hours(giver.hours)}`).join(', ');
    const more =
      oneMore.hours > 0
        ? `One more rep would take ${hours(oneMore.hours)} that are above others’ hours: ${oneMore.fte.toFixed(2)} FTE, from ${from}.`
        : 'Nobody is above the hours: one more rep would take nothing off anybody.';
    return {
      key,
      region: region ?? '',
      name,
      isOpen: key === open,
      expanded: String(key === open),
      needs: heads(one.heads),
      band: `${heads(low)} to ${heads(high)}`,
      reps: heads(reps),
      verdict: VERDICTS[verdict],
      more: `${more}${roiText(oneMore.roi)}`,
      vacantText: vacant > 0 ? `${plural(vacant, 'seat')} of these ${vacant === 1 ? 'is' : 'are'} vacant.` : '',
      tryLabel: `Where would one more rep live in ${name}?`,
    };
  });
}

/** Only territories with something to do; of a pair that merges the first. */
export function territoryRows({ territories }: Size) {
  return territories
    .filter(({ verdict, mergeWith, index }) => verdict !== 'rightSized' && (mergeWith === null || mergeWith > index))
    .map((one, row) => ({
      row,
      index: one.index,
      key: one.id,
      text: `${words(one)}${roiText(one.roi)}`,
      tryLabel: `Try: ${title(one)}`,
      request: { title: title(one), task: taskOf(one, territories), rules: rulesOf(one, territories) },
    }));
}

function words({ name, verdict, capacityShare, mergeWithName, leftOverHours, donors }: TerritorySize): string {
  if (verdict === 'merge')
    return `Merge: ${name} and ${mergeWithName} together fill ${percent(capacityShare)} of one rep’s hours.`;
  const over = `${name} is at ${percent(capacityShare)}; ${hours(leftOverHours)} are left whatever neighbours take.`;
  if (verdict === 'split') return `Split: ${over} Two reps would both be used.`;
  const from = donors.map((donor) => `${donor.name} ${hours(donor.hours)}`).join(', ');
  return `Hire: ${over} The new rep would get work from ${from}.`;
}

const title = ({ name, verdict, mergeWithName }: TerritorySize): string =>
  verdict === 'merge'
    ? `${name} and ${mergeWithName} as one`
    : verdict === 'split'
      ? `${name} in two`
      : `A rep beside ${name}`;

function taskOf({ id, verdict, mergeWith, index }: TerritorySize, all: readonly TerritorySize[]) {
  if (verdict === 'merge') return { kind: 'merge', territory: id, other: all[mergeWith ?? index]?.id ?? '' };
  return verdict === 'split' ? { kind: 'split', territory: id } : { kind: 'addRep' };
}

/** A new rep beside a territory gets work from it and from its donors alone. */
function rulesOf({ id, verdict, donors }: TerritorySize, all: readonly TerritorySize[]) {
  if (verdict !== 'hire') return {};
  return { onlyTerritories: [...new Set([id, ...donors.flatMap((donor) => all[donor.index]?.id ?? [])])] };
}
