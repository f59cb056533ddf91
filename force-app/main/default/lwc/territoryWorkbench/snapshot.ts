import type { Comparison, PaneView, Problem, Source } from 'c/bailiwick';
import { compare } from './comparison';
import type { DeskView } from './deskView';
import type { DraftDesk } from './draftDesk';
import { paneView, territoryRows, type PaneTab } from './paneView';
import { colorChoices } from './panels';
import { NOTHING_OPEN, type Bars, type BoardState, type PlanBoard } from './planBoard';
import { texts } from './texts';

/** All that the steps and the pane show of the plans, taken at one moment. */
export interface Snapshot {
  readonly bars: Bars;
  readonly beforeBars: Bars;
  readonly hasProposal: boolean;
  readonly source: Source | null;
  readonly comparison: Comparison | null;
  readonly plan: BoardState;
  readonly pane: PaneView | null;
  readonly desk: DeskView | null;
  readonly problem: Problem | null;
  readonly retryLabel: string;
  readonly isSaving: boolean;
  /** What of the draft can be published by parts; only where that is asked. */
  readonly parts: ReturnType<PlanBoard['parts']> | null;
  readonly barsHeading: string;
  readonly colorOptions: ReturnType<typeof colorChoices>;
  readonly territories: { label: string; value: string; id: string }[];
}

export const NOTHING: Snapshot = {
  bars: [],
  beforeBars: [],
  hasProposal: false,
  source: null,
  comparison: null,
  plan: NOTHING_OPEN,
  pane: null,
  desk: null,
  problem: null,
  retryLabel: '',
  isSaving: false,
  parts: null,
  barsHeading: texts.territoriesToday,
  colorOptions: colorChoices('today'),
  territories: [],
};

/** Paints the map and says what stands beside it, so that map, tables and bars are always of one moment. */
export function snapshot(
  board: PlanBoard,
  desk: DraftDesk | null,
  looking: { unit: number | null; tab: PaneTab },
): Snapshot {
  const bars = board.bars();
  board.paint(bars);
  desk?.keepNow();
  const { against, shown, step, draft, proposal } = board;
  const beforeBars = board.barsBefore();
  return {
    bars,
    beforeBars,
    colorOptions: colorChoices(step),
    parts: step === 'publish' ? board.parts() : null,
    barsHeading: headingOf(beforeBars.length > 0, proposal !== null && step === 'today'),
    hasProposal: board.proposal !== null,
    source: shown?.inputs.source ?? null,
    comparison: step === 'compare' && against && shown && draft ? compare(against, shown) : null,
    plan: board.state(),
    pane: paneView(board, bars, looking),
    desk: desk?.view() ?? null,
    problem: desk?.problem ?? null,
    retryLabel: desk?.retryLabel ?? '',
    isSaving: desk?.isSaving ?? false,
    territories: board.choices(bars),
  };
}

function headingOf(hasBefore: boolean, isComputed: boolean): string {
  if (!hasBefore) return texts.territoriesToday;
  return isComputed ? texts.computedAgainstToday : texts.draftAgainstToday;
}

/** While something is drawn bars, table and scatter move; the rest waits until it is let go. */
export function drawn(view: Snapshot, board: PlanBoard, bars: Bars): Snapshot {
  const { pane } = view;
  return { ...view, bars, pane: pane && { ...pane, rows: territoryRows(board, bars) } };
}
