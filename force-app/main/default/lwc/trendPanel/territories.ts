import { count, filled, percent, usd } from 'c/bailiwick';
import type { TerritoryTrends } from 'c/bailiwick';
import { texts } from './texts';

/** A ratio as signed percent with one decimal: 0.043 → “+4.3 %”. */
export const signed = (ratio: number | null): string =>
  ratio === null ? '—' : `${ratio > 0 ? '+' : ratio < 0 ? '−' : '±'}${Math.abs(ratio * 100).toFixed(1)} %`;

/** A drop of the nation is nobody's drift: it is said once, and then who moved beyond it. */
export function driftText({ nationalChange, range, territories }: TerritoryTrends): string {
  const drifted = territories.filter(({ hasDrifted }) => hasDrifted).length;
  const all = territories.length;
  const nation = nationalChange === null ? '' : `${filled(texts.theNationMovedBy, signed(nationalChange))} `;
  return filled(
    texts.ofMovedMoreThanBeyondThat,
    nation,
    drifted,
    all,
    all === 1 ? 'territory' : 'territories',
    percent(range),
  );
}

/** Those that drifted first, the farthest on top. */
export function territoryRows({ measure, territories }: TerritoryTrends) {
  const text = measure === 'procedures' ? count : usd;
  const far = (one: TerritoryTrends['territories'][number]) => Math.abs(one.localChange ?? 0);
  return [...territories]
    .sort((a, b) => far(b) - far(a))
    .map(({ name, figures, change, localChange, hasDrifted }) => ({
      name,
      figures: figures.map((figure, i) => ({ key: String(i), text: text(figure) })),
      change: signed(change),
      beyond: filled(texts.beyond, signed(localChange)),
      look: hasDrifted ? 'drifted' : '',
    }));
}
