/**
 * q-value of every p-value: the least false-discovery rate at which it would count as found (Benjamini, Hochberg 1995),
 * the least of p·m ÷ rank over it and all larger ones, at most 1. In the order given; none for none.
 */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]! || b - a);
  const rates = new Array<number>(pValues.length).fill(1);
  let least = 1;
  order.forEach((i, fromLast) => {
    least = Math.min(least, (pValues[i]! * pValues.length) / (pValues.length - fromLast));
    rates[i] = least;
  });
  return rates;
}
