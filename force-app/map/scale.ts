/** Sequential colours from little to much, readable with any common colour blindness (ColorBrewer “YlGnBu”, Harrower & Brewer 2003). */
export const SEQUENTIAL = ['#e2f2b4', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'] as const;

/** Colours of the utilization bands, from under-used to overloaded. */
export const BANDS = [
  { upTo: 0.7, color: '#92c5de', word: 'underUsed' },
  { upTo: 0.9, color: '#c9e4c5', word: 'healthy' },
  { upTo: 1.15, color: '#fdd49e', word: 'stretched' },
  { upTo: Infinity, color: '#d7522e', word: 'overloaded' },
] as const;

/** A territory against its target, from far below to far above, readable with any common colour blindness (ColorBrewer “RdBu”). */
export const DEVIATIONS = [
  { upTo: -0.3, color: '#2166ac', word: 'farBelow' },
  { upTo: -0.15, color: '#67a9cf', word: 'below' },
  { upTo: -0.05, color: '#d1e5f0', word: 'littleBelow' },
  { upTo: 0.05, color: '#f7f7f7', word: 'onTarget' },
  { upTo: 0.15, color: '#fddbc7', word: 'littleAbove' },
  { upTo: 0.3, color: '#ef8a62', word: 'above' },
  { upTo: Infinity, color: '#b2182b', word: 'farAbove' },
] as const;

/** Change of demand, from loss to gain, readable with any common colour blindness (ColorBrewer “PuOr”). */
export const CHANGES = [
  { upTo: -0.25, color: '#b35806', word: 'muchLess' },
  { upTo: -0.1, color: '#f1a340', word: 'less' },
  { upTo: -0.02, color: '#fee0b6', word: 'littleLess' },
  { upTo: 0.02, color: '#f7f7f7', word: 'same' },
  { upTo: 0.1, color: '#d8daeb', word: 'littleMore' },
  { upTo: 0.25, color: '#998ec3', word: 'more' },
  { upTo: Infinity, color: '#542788', word: 'muchMore' },
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
