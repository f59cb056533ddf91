/** What is wrong with a plan text, where, and what to do. */
export interface TextFault {
  readonly kind: FaultKind;
  /** From 1; null where it is about the whole text. */
  readonly line: number | null;
  readonly what: string;
  readonly fix: string;
}

export type FaultKind =
  | 'notAPlan'
  | 'format'
  | 'header'
  | 'line'
  | 'team'
  | 'geography'
  | 'territory'
  | 'territoryTwice'
  | 'territoryMissing'
  | 'zipTwice'
  | 'zipUnknown'
  | 'zipMissing'
  | 'account'
  | 'accountTwice'
  | 'rep';

/** So many are told; what is corrected shows the rest. */
export const MAX_FAULTS = 100;

/** Faults in the order of their lines, those about the whole text last. */
export function inLineOrder(faults: readonly TextFault[]): TextFault[] {
  return [...faults].sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
}

/** One sentence a fault: "Line 12: ZIP 02115 … Take one of the two lines out." */
export const faultText = ({ line, what, fix }: TextFault): string =>
  `${line === null ? '' : `Line ${line}: `}${what} ${fix}`;

/** The message of a text that is refused. */
export function faultsMessage(count: number): string {
  return count === 1 ? 'The plan text has 1 fault.' : `The plan text has ${count} faults.`;
}
