import type { LegendEntry } from 'c/bailiwick';

export interface LegendRow {
  key: string;
  label: string;
  rowLook: string;
  /** Empty for a heading. */
  look: string;
  style: string;
}

export function legendRow({ kind, label, color, pattern, shape, size = 0 }: LegendEntry, i: number): LegendRow {
  const row = { key: `${i}-${label}`, label, rowLook: 'row' };
  if (kind === 'heading') return { ...row, rowLook: 'row heading', look: '', style: '' };
  if (kind === 'circle') {
    const pixels = `${Math.max(4, Math.round(size))}px`;
    return {
      ...row,
      look: `swatch circle${shape ? ` ${shape}` : ''}`,
      style: `width:${pixels};height:${pixels};background:${color}`,
    };
  }
  if (kind === 'line') return { ...row, look: `swatch line line-${pattern}`, style: `border-color:${color}` };
  return { ...row, look: `swatch fill fill-${pattern}`, style: `background-color:${color}` };
}
