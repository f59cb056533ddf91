/** A territory to choose, and the region that it is in. */
export interface Choice {
  readonly label: string;
  readonly value: string;
  readonly region: string | null;
}

/** Ids of the territories of each region. */
export function byRegion(territories: readonly Choice[]): Map<string, string[]> {
  const regions = new Map<string, string[]>();
  for (const { region, value } of territories)
    if (region !== null) regions.set(region, [...(regions.get(region) ?? []), value]);
  return regions;
}

/** Regions of which every territory is chosen. */
export const wholeRegions = (regions: ReadonlyMap<string, string[]>, chosen: readonly string[]): string[] =>
  [...regions].filter(([, ids]) => ids.every((id) => chosen.includes(id))).map(([name]) => name);

/** The territories that are chosen after these regions were picked: a region brings all of its own, and takes them along. */
export function withRegions(
  regions: ReadonlyMap<string, string[]>,
  chosen: readonly string[],
  picked: readonly string[],
): string[] {
  const dropped = wholeRegions(regions, chosen).filter((name) => !picked.includes(name));
  const without = new Set(dropped.flatMap((name) => regions.get(name) ?? []));
  const added = picked.flatMap((name) => regions.get(name) ?? []);
  return [...new Set([...chosen.filter((id) => !without.has(id)), ...added])];
}
