import type { Memory } from 'c/bailiwick';

/** What is kept in this browser of a draft: its steps and what the service does not know yet. No names, no figures. */
export interface Kept {
  readonly version: number;
  /** Units stand for the same places only while their number is the same. */
  readonly units: number;
  readonly at: string;
  readonly memory: Memory;
}

/** Steps beyond these are forgotten first: a browser keeps a few megabytes. */
const MAX_STEPS = 100;
const MAX_MOVES = 60_000;

const nameOf = (userId: string, planId: string): string => `bailiwick-draft-${userId}-${planId}`;

/** Keeps it for this user and plan only; nothing to keep takes away what was kept. */
export function keep(userId: string, planId: string, kept: Kept | null): void {
  const { history, unsaved } = kept?.memory ?? { history: { done: [], undone: [] }, unsaved: [] };
  const name = nameOf(userId, planId);
  if (!kept || (history.done.length === 0 && history.undone.length === 0 && unsaved.length === 0)) return drop(name);
  const short = { done: newest(history.done), undone: newest(history.undone) };
  if (write(name, { ...kept, memory: { history: short, unsaved } })) return;
  // the moves that are not saved matter more than what can be undone
  write(name, { ...kept, memory: { history: { done: [], undone: [] }, unsaved } });
}

/** What was kept; null where there is nothing, or nothing that can be read. */
export function kept(userId: string, planId: string): Kept | null {
  try {
    const text = localStorage.getItem(nameOf(userId, planId));
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

function newest<T extends readonly unknown[]>(steps: readonly T[]): T[] {
  const found: T[] = [];
  let moves = 0;
  for (const step of steps.slice(-MAX_STEPS).reverse()) {
    moves += step.length;
    if (moves > MAX_MOVES) break;
    found.unshift(step);
  }
  return found;
}

function write(name: string, value: Kept): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function drop(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // a browser that keeps nothing has nothing to drop
  }
}
