import type { Directory } from './directory.ts';
import { chance, sampleId } from './identifiers.ts';
import { street, SYSTEM_NAMES } from './names.ts';
import { PLANTED, SALES_DRAFTS } from './places.ts';
import type { Facility } from './providers.ts';

/** A health system: the parent account of some facilities. */
export interface HealthSystem {
  readonly accountId: string;
  readonly name: string;
  readonly unit: number;
  readonly street: string;
  readonly facilities: readonly Facility[];
}

const territoryOf = (facility: Facility) => Math.floor(facility.serial / 1000);

/**
 * So many systems: the first one, planted, holds the hospital with the greatest pull of four territories;
 * the others divide what the chance gives them of the facilities of one territory each.
 */
export function healthSystems(seed: number, count: number, directory: Directory): HealthSystem[] {
  const planted = PLANTED.systemOver.flatMap((name) => {
    const territory = SALES_DRAFTS.findIndex((draft) => draft.name === name);
    const hospitals = directory.facilities.filter((f) => f.kind === 'Hospital' && territoryOf(f) === territory);
    // The surgeon's two hospitals stay apart from it, so that each finding stands for itself.
    return hospitals
      .slice(2)
      .sort((a, b) => b.pull - a.pull)
      .slice(0, 1);
  });
  const groups: Facility[][] = [planted, ...Array.from({ length: count - 1 }, () => [])];
  for (const facility of directory.facilities) {
    const random = chance(seed, 'system', facility.serial);
    if (planted.includes(facility) || random() > 0.45) continue;
    const choices = [...groups.keys()].slice(1).filter((i) => i % (SALES_DRAFTS.length + 1) === territoryOf(facility));
    const group = groups[choices[Math.floor(random() * choices.length)] ?? -1];
    group?.push(facility);
  }
  return groups.map((facilities, i) => {
    const random = chance(seed, 'head office', i);
    const seat = facilities[0] ?? directory.facilities[i];
    const accountId = sampleId('001', directory.size + 1 + i);
    return {
      accountId,
      name: SYSTEM_NAMES[i] ?? `System ${i}`,
      unit: seat?.unit ?? 0,
      street: street(random),
      facilities,
    };
  });
}
