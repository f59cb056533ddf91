/** Sequential colours from little to much, readable with any common colour blindness (ColorBrewer “YlGnBu”, Harrower & Brewer 2003). */
export const SEQUENTIAL = ['#e2f2b4', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'] as const;

/** Colours of the utilization bands, from under-used to overloaded. */
export const BANDS = [
  { upTo: 0.7, color: '#92c5de', label: 'under 70 % of hours' },
  { upTo: 0.9, color: '#c9e4c5', label: '70–90 % healthy' },
  { upTo: 1.15, color: '#fdd49e', label: '90–115 % stretched' },
  { upTo: Infinity, color: '#d7522e', label: 'over 115 % overloaded' },
] as const;

/** A territory against its target, from far below to far above, readable with any common colour blindness (ColorBrewer “RdBu”). */
export const DEVIATIONS = [
  { upTo: -0.3, color: '#2166ac', label: 'over 30 % below target' },
  { upTo: -0.15, color: '#67a9cf', label: '15–30 % below' },
  { upTo: -0.05, color: '#d1e5f0', label: '5–15 % below' },
  { upTo: 0.05, color: '#f7f7f7', label: 'on target (± 5 %)' },
  { upTo: 0.15, color: '#fddbc7', label: '5–15 % above' },
  { upTo: 0.3, color: '#ef8a62', label: '15–30 % above' },
  { upTo: Infinity, color: '#b2182b', label: 'over 30 % above target' },
] as const;

/** Change of demand, from loss to gain, readable with any common colour blindness (ColorBrewer “PuOr”). */
export const CHANGES = [
  { upTo: -0.25, color: '#b35806', label: '25 % less or lower' },
  { upTo: -0.1, color: '#f1a340', label: '10–25 % less' },
  { upTo: -0.02, color: '#fee0b6', label: '2–10 % less' },
  { upTo: 0.02, color: '#f7f7f7', label: 'about the same' },
  { upTo: 0.1, color: '#d8daeb', label: '2–10 % more' },
  { upTo: 0.25, color: '#998ec3', label: '10–25 % more' },
  { upTo: Infinity, color: '#542788', label: 'over 25 % more' },
] as const;

export function changeColor(ratio: number): string {
  return CHANGES.find(({ upTo }) => ratio <= upTo)?.color ?? '#999999';
}

/** Radius in pixels of a circle whose area stands for the value. */
export function radius(value: number, most: number, maxPixels = 18): number {
  return most > 0 && value > 0 ? Math.max(2, maxPixels * Math.sqrt(value / most)) : 0;
}

/** Three round values for the circles of a legend, biggest first; none without circles. */
export function circleSizes(most: number): number[] {
  if (most <= 0) return [];
  const top = 10 ** Math.floor(Math.log10(most));
  const first = most / top >= 5 ? 5 * top : most / top >= 2 ? 2 * top : top;
  return [first, first / 4, first / 20].map((value) => Math.max(1, Math.round(value)));
}
