import { filled, hours, percent, plural } from 'c/bailiwick';
import type { RegionSize, Roi, Size, TerritorySize } from 'c/bailiwick';
import { texts } from './texts';

const VERDICTS: Readonly<Record<RegionSize['verdict'], string>> = {
  hire: texts.hireEvenAt115OfTheHoursTheseReps,
  rebalance: texts.enoughRepsRebalanceBeforeHiring,
  enough: texts.enoughRepsAndNobodyIsAboveTheHours,
  spare: texts.moreRepsThanTheWorkNeedsEvenAt90Of,
};
const ROI: Readonly<Record<Roi['verdict'], string>> = {
  hire: 'hire',
  rightSized: 'right-sized',
  doNotHire: texts.doNotHire,
  unclear: texts.theBandSaysNothingForSure,
};
const heads = (value: number): string => value.toFixed(1);
const roiText = (roi: Roi | null): string =>
  roi ? ` ${filled(texts.returnTo, percent(roi.low), percent(roi.high), ROI[roi.verdict])}` : '';

/** Every region, and all together last. */
export function regionRows({ regions }: Size, open: string) {
  return regions.map((one) => {
    const { region, reps, vacant, low, high, verdict, oneMore } = one;
    const name = region ?? texts.allRegions;
    const key = region ?? 'all';
    const from = oneMore.givers.map((giver) => `${giver.name} ${hours(giver.hours)}`).join(', ');
    const more =
      oneMore.hours > 0
        ? filled(texts.oneMoreRepWouldTakeThatAreAbove, hours(oneMore.hours), oneMore.fte.toFixed(2), from)
        : texts.nobodyIsAboveTheHoursOneMoreRep;
    return {
      key,
      region: region ?? '',
      name,
      isOpen: key === open,
      expanded: String(key === open),
      needs: heads(one.heads),
      band: filled(texts.to, heads(low), heads(high)),
      reps: heads(reps),
      verdict: VERDICTS[verdict],
      more: `${more}${roiText(oneMore.roi)}`,
      vacantText:
        vacant > 0 ? filled(texts.ofTheseVacant, plural(vacant, texts.seat), vacant === 1 ? texts.is : texts.are) : '',
      tryLabel: filled(texts.whereWouldOneMoreRepLiveIn, name),
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
      tryLabel: filled(texts.try, title(one)),
      request: { title: title(one), task: taskOf(one, territories), rules: rulesOf(one, territories) },
    }));
}

function words({ name, verdict, capacityShare, mergeWithName, leftOverHours, donors }: TerritorySize): string {
  if (verdict === 'merge')
    return filled(texts.mergeAndTogetherFillOfOneRepsHours, name, mergeWithName, percent(capacityShare));
  const over = filled(texts.isAtAreLeftWhateverNeighboursTake, name, percent(capacityShare), hours(leftOverHours));
  if (verdict === 'split') return filled(texts.splitTwoRepsWouldBothBeUsed, over);
  const from = donors.map((donor) => `${donor.name} ${hours(donor.hours)}`).join(', ');
  return filled(texts.hireTheNewRepWouldGetWorkFrom, over, from);
}

const title = ({ name, verdict, mergeWithName }: TerritorySize): string =>
  verdict === 'merge'
    ? filled(texts.andAsOne, name, mergeWithName)
    : verdict === 'split'
      ? filled(texts.inTwo, name)
      : filled(texts.aRepBeside, name);

function taskOf({ id, verdict, mergeWith, index }: TerritorySize, all: readonly TerritorySize[]) {
  if (verdict === 'merge') return { kind: 'merge', territory: id, other: all[mergeWith ?? index]?.id ?? '' };
  return verdict === 'split' ? { kind: 'split', territory: id } : { kind: 'addRep' };
}

/** A new rep beside a territory gets work from it and from its donors alone. */
function rulesOf({ id, verdict, donors }: TerritorySize, all: readonly TerritorySize[]) {
  if (verdict !== 'hire') return {};
  return { onlyTerritories: [...new Set([id, ...donors.flatMap((donor) => all[donor.index]?.id ?? [])])] };
}
