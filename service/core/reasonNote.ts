/** Marks a note that was written for the reps to read; other notes of a plan may name accounts that a reader may not see. */
const MARK = 'Reason: ';

/** The note of an edit with a reason that its reps may read. */
export const reasonNote = (reason: string): string => `${MARK}${reason}`;

/** The reason in a note; null for notes that are for the makers of the plan alone. */
export const reasonOf = (note: string | null): string | null =>
  note?.startsWith(MARK) ? note.slice(MARK.length) : null;
