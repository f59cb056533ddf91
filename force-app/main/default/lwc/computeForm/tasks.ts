import { texts } from './texts';

/** What can be computed, in the words of the screen, and what each asks for. */
export interface Task {
  value: string;
  label: string;
  asks: readonly ('preset' | 'moves' | 'territory' | 'other')[];
  /** Label of the territory that it is about. */
  territory?: string;
  hint: string;
}

export const TASKS: readonly Task[] = [
  {
    value: 'balance',
    label: texts.aBalancedPlan,
    asks: ['preset'],
    hint: '',
  },
  {
    value: 'repair',
    label: texts.theBestFewMoves,
    asks: ['moves', 'territory'],
    territory: texts.repair,
    hint: texts.movesOfSingleZipsOrSmallGroupsToA,
  },
  {
    value: 'demand',
    label: texts.demandHasChanged,
    asks: [],
    hint: texts.bringsThePlanBackToItsTargetsOn,
  },
  { value: 'addRep', label: texts.aRepIsAdded, asks: [], hint: texts.suggestsTheBestCentreAndWhoGives },
  {
    value: 'removeRep',
    label: texts.aRepLeavesForGood,
    asks: ['territory'],
    territory: texts.territoryThatEnds,
    hint: texts.neighboursTakeItOverAndAreBalanced,
  },
  {
    value: 'leave',
    label: texts.aRepIsOnLeave,
    asks: ['territory'],
    territory: texts.territoryToCover,
    hint: texts.everybodyElseKeepsAllZipsTheCover,
  },
  {
    value: 'merge',
    label: texts.twoTerritoriesBecomeOne,
    asks: ['territory', 'other'],
    territory: texts.territoryThatStays,
    hint: texts.neighboursAreBalancedAgain,
  },
  {
    value: 'split',
    label: texts.oneTerritoryBecomesTwo,
    asks: ['territory'],
    territory: texts.territoryToSplit,
    hint: texts.theSecondHalfGetsTheBestCentre,
  },
];

export const PRESETS = [
  { label: texts.fewestChanges, value: 'fewestChanges' },
  { label: texts.balancedMoreMayChange, value: 'balanced' },
  { label: texts.cleanSlateForgetTodaysLines, value: 'cleanSlate' },
];
