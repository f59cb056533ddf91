/** A closed line, filled where it is the one that the sheet is about. */
export interface Outline {
  readonly points: readonly (readonly [number, number])[];
  readonly isFilled: boolean;
}

/** One line of a printed sheet. */
export interface SheetLine {
  readonly text: string;
  readonly style?: 'title' | 'head' | 'quiet' | 'plain';
  /** More columns right of the text, from the left edge in points. */
  readonly columns?: readonly { readonly at: number; readonly text: string }[];
  /** Drawn above the text, as high as `keep` lines: outlines in points from its lower left corner. */
  readonly outlines?: readonly Outline[];
  /** Begins a page where less than this many lines fit below. */
  readonly keep?: number;
}

/** US Letter in points, as the field prints it. */
const [WIDTH, HEIGHT, MARGIN] = [612, 792, 45];
const STYLES = {
  title: { font: 'F2', size: 16, lead: 24 },
  head: { font: 'F2', size: 11, lead: 20 },
  plain: { font: 'F1', size: 9, lead: 14 },
  quiet: { font: 'F1', size: 8, lead: 12 },
} as const;
/** Mean width of a Helvetica character ÷ its size: long texts are cut by it, and only then. */
const MEAN_WIDTH = 0.5;

/** Characters beyond Latin-1 that the standard encoding of PDF (WinAnsi) has, by their code there. */
const WIN_ANSI: Readonly<Record<string, number>> = { '–': 150, '—': 151, '‘': 145, '’': 146, '“': 147, '”': 148, '…': 133, '•': 149, '€': 128 }; // prettier-ignore
const PLAIN: Readonly<Record<string, string>> = { '→': '->', '−': '-', '≥': '>=', '≤': '<=' };

/**
 * A PDF of text lines (ISO 32000-1) in the standard font Helvetica, in ASCII alone, so that it travels as text. A character
 * that the font lacks prints as a question mark.
 */
export function textPdf(lines: readonly SheetLine[], footer: string): string {
  const pages = paged(lines).map((page, i, all) => drawn(page, `${footer}   ${i + 1} / ${all.length}`));
  const font = (name: string) => `<</Type/Font/Subtype/Type1/BaseFont/${name}/Encoding/WinAnsiEncoding>>`;
  const kids = pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Lang(en-US)>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}/MediaBox[0 0 ${WIDTH} ${HEIGHT}]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...pages.flatMap((content, i) => [
      `<</Type/Page/Parent 2 0 R/Contents ${6 + 2 * i} 0 R>>`,
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    ]),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`;
}

interface Placed {
  readonly line: SheetLine;
  readonly y: number;
}

function paged(lines: readonly SheetLine[]): Placed[][] {
  const pages: Placed[][] = [[]];
  let y = HEIGHT - MARGIN;
  for (const line of lines) {
    const { lead } = STYLES[line.style ?? 'plain'];
    if (y - Math.max(lead, (line.keep ?? 1) * STYLES.plain.lead) < MARGIN) {
      pages.push([]);
      y = HEIGHT - MARGIN;
    }
    y -= line.outlines ? (line.keep ?? 1) * STYLES.plain.lead : lead;
    pages.at(-1)?.push({ line, y });
  }
  return pages;
}

function drawn(page: readonly Placed[], footer: string): string {
  const text = (
    at: { x: number; y: number; room: number },
    { font, size }: { font: string; size: number },
    words: string,
  ) => `BT /${font} ${size} Tf ${at.x} ${at.y} Td (${encoded(fitted(words, at.room, size))}) Tj ET`;
  const parts = page.flatMap(({ line, y }) => {
    const style = STYLES[line.style ?? 'plain'];
    const cells = [{ at: 0, text: line.text }, ...(line.columns ?? [])];
    const shapes = (line.outlines ?? []).map((outline) => stroked(outline, { x: MARGIN, y }));
    const words = cells.map((cell, i) =>
      text({ x: MARGIN + cell.at, y, room: (cells[i + 1]?.at ?? WIDTH - 2 * MARGIN) - cell.at - 6 }, style, cell.text),
    );
    return [...shapes, ...words];
  });
  return [...parts, text({ x: MARGIN, y: MARGIN / 2, room: WIDTH }, STYLES.quiet, footer)].join('\n');
}

/** Light blue with a dark line where it is filled, else a thin grey line. */
function stroked({ points, isFilled }: Outline, at: { x: number; y: number }): string {
  const place = ([x, y]: readonly [number, number]) => `${(at.x + x).toFixed(1)} ${(at.y + y).toFixed(1)}`;
  const [first, ...rest] = points;
  if (!first) return '';
  const path = `${place(first)} m ${rest.map((point) => `${place(point)} l`).join(' ')} h`;
  return isFilled ? `q 0.72 0.9 0.98 rg 0.05 0.2 0.55 RG 1.2 w ${path} B Q` : `q 0.65 G 0.5 w ${path} S Q`;
}

function fitted(text: string, room: number, size: number): string {
  const most = Math.max(4, Math.floor(room / (size * MEAN_WIDTH)));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function encoded(text: string): string {
  let result = '';
  for (const character of [...text].map((one) => PLAIN[one] ?? one).join('')) {
    const code = WIN_ANSI[character] ?? character.codePointAt(0) ?? 63;
    if (code > 255) result += '?';
    else if (code < 32 || code > 126) result += `\\${code.toString(8).padStart(3, '0')}`;
    else result += /[()\\]/.test(character) ? `\\${character}` : character;
  }
  return result;
}
