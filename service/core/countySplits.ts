/** Counties that lie in more than one territory; units without a county or an owner do not count. */
export function splitCounties(owners: readonly number[], counties: readonly string[]): number {
  const first = new Map<string, number>();
  const split = new Set<string>();
  owners.forEach((owner, u) => {
    const county = counties[u] ?? '';
    if (county === '' || owner < 0) return;
    const known = first.get(county);
    if (known === undefined) first.set(county, owner);
    else if (known !== owner) split.add(county);
  });
  return split.size;
}
