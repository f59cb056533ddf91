import { FIRST_LINE, PLAN_TEXT_FORMAT, SECTIONS, type Section } from './planText.ts';
import type { TextFault } from './planTextFaults.ts';

/** A line with something on it. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

export type TextParts = Readonly<Record<Section | 'header', readonly TextLine[]>>;

const MERGE_MARK = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

/** The lines of each section; null where this is no plan text, or one that only a newer Bailiwick knows. */
export function splitPlanText(text: string, add: (fault: TextFault) => void): TextParts | null {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!isOfThisFormat(first, add)) return null;
  const parts: Record<Section | 'header', TextLine[]> = {
    ...{ header: [], territories: [], ZIPs: [], accounts: [], 'locked ZIPs': [] },
  };
  let part: Section | 'header' | null = 'header';
  const seen = new Set<string>();
  lines.forEach((raw, k) => {
    const line = k + 2;
    const one = raw.trim();
    const name = /^\[(.*)\]$/.exec(one)?.[1];
    if (one === '' || one.startsWith('#')) return;
    if (MERGE_MARK.test(one)) {
      const fix = 'Keep one of the two sides, and take the marks out.';
      add({ kind: 'line', line, what: 'A merge was left undecided here.', fix });
    } else if (name === undefined) {
      if (part !== null) parts[part].push({ line, text: one });
    } else part = sectionOf(name, { line, seen, add });
  });
  for (const section of ['territories', 'ZIPs'] as const)
    if (!seen.has(section))
      add({
        ...{ kind: 'header', line: null, what: `There is no section [${section}].` },
        fix: `Write the line [${section}] before its lines.`,
      });
  return parts;
}

function isOfThisFormat(first: string, add: (fault: TextFault) => void): boolean {
  const wanted = `${FIRST_LINE} ${PLAN_TEXT_FORMAT}`;
  if (first.trim() === wanted) return true;
  if (!first.startsWith(FIRST_LINE)) {
    const fix = `Begin it with the line "${wanted}", or choose a file that "Save plan as text" wrote.`;
    add({ kind: 'notAPlan', line: 1, what: 'This is not the text of a territory plan.', fix });
    return false;
  }
  const format = first.slice(FIRST_LINE.length).trim().slice(0, 40);
  add({
    ...{ kind: 'format', line: 1, what: `The text is of format ${format || 'nothing'}, which is not known here.` },
    fix: `Save the plan again as format ${PLAN_TEXT_FORMAT}, or update the service.`,
  });
  return false;
}

function sectionOf(
  name: string,
  { line, seen, add }: { line: number; seen: Set<string>; add: (fault: TextFault) => void },
): Section | null {
  const section = SECTIONS.find((one) => one === name) ?? null;
  const isTwice = seen.has(name);
  seen.add(name);
  if (section !== null && !isTwice) return section;
  const what = isTwice ? `[${name}] begins a second time.` : `There is no section "${name.slice(0, 40)}".`;
  const fix = isTwice
    ? 'Bring its lines together in one place.'
    : `The sections are ${SECTIONS.map((one) => `[${one}]`).join(', ')}.`;
  add({ kind: 'header', line, what, fix });
  return section;
}
