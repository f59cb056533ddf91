/** Left, top, right, bottom in pixels of the map. */
export type CoverBox = readonly [number, number, number, number];

/** What lies over the map, in its own pixels. */
export function boxesOver(map: DOMRect | undefined, covers: readonly (DOMRect | undefined)[]): CoverBox[] {
  if (!map) return [];
  return covers.flatMap((box) =>
    box ? [[box.left - map.left, box.top - map.top, box.right - map.left, box.bottom - map.top] as const] : [],
  );
}
