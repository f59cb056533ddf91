/** How steeply sales follow the hours that reps have; the band of the literature (product.md). */
export const RESPONSE = { low: 0.2, likely: 0.3, high: 0.4 };

/** Share of the sales at full coverage that is reached: min(1, hours available ÷ hours needed)^elasticity; 1 where no work is. */
export function responseShare(availableHours: number, neededHours: number, elasticity: number): number {
  if (neededHours <= 0) return 1;
  return Math.min(1, Math.max(0, availableHours) / neededHours) ** elasticity;
}
