/** Squared distance from each centre to the next one, at least 1 km²; `centers` in km, x y z. */
export function spacingOf(centers: Float64Array): Float64Array {
  const spacing = new Float64Array(centers.length / 3).fill(Infinity);
  for (let a = 0; a < spacing.length; a++) {
    for (let b = 0; b < a; b++) {
      const x = centers[a * 3]! - centers[b * 3]!;
      const y = centers[a * 3 + 1]! - centers[b * 3 + 1]!;
      const z = centers[a * 3 + 2]! - centers[b * 3 + 2]!;
      const d2 = x * x + y * y + z * z;
      if (d2 < spacing[a]!) spacing[a] = d2;
      if (d2 < spacing[b]!) spacing[b] = d2;
    }
  }
  return spacing.map((d2) => Math.max(1, Number.isFinite(d2) ? d2 : 1));
}
