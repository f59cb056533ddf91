import type { ImportReport } from './importReport.ts';
import type { Market } from './markets.ts';

/** What is said beside every figure. */
export interface SourceNote {
  readonly label: string;
  readonly file: string;
  readonly period: string;
  readonly importedAt: string;
  readonly formula: string;
  /** What else a reader has to know: what the file cannot tell, and what counts were multiplied by. */
  readonly notes: readonly string[];
}

const ROLE_WORDS: Readonly<Record<Market['role'], string>> = {
  facility: 'counted where they are performed',
  location: 'counted where the care was given',
  performing: 'counted with who performs them',
  ordering: 'counted with who orders them',
  billing: 'counted with who bills them',
};

/** What a figure of this market rests on. `billedTwice` is whether the file shows bills of both kinds. */
export function sourceNote(market: Market, report: ImportReport, billedTwice: boolean): SourceNote {
  const valued = market.codes.some(({ valueUsd }) => valueUsd !== null);
  const value = valued ? 'procedures × value per procedure' : 'what was paid';
  const share = market.addressableShare === 1 ? '' : ` × ${Math.round(market.addressableShare * 100)} % addressable`;
  const scale = market.scaleUp.length > 0 ? ' × scale-up of the place' : '';
  return {
    label: `${market.name} (${report.layoutName})`,
    file: report.file,
    period: market.period,
    importedAt: report.importedAt,
    formula: `Market potential = ${value}${share}${scale}, ${ROLE_WORDS[market.role]}; counts under ${report.guarded.below} stand as ${report.guarded.imputed}.`,
    notes: [
      billedTwice
        ? 'A procedure with bills of a professional and of the facility counts once, by the professional’s.'
        : 'The file does not show professional and facility bills of one procedure side by side, so none is taken out.',
      ...market.scaleUp.map(({ place, factor, source }) => `${place} × ${factor}: ${source}`),
    ],
  };
}
