import type { Page } from 'playwright-core';

/** One thing that does not fit: what, where, and the words or numbers that show it. */
export interface LayoutFinding {
  readonly what: 'sideways' | 'cut off' | 'overlap' | 'small target';
  readonly component: string;
  readonly text: string;
}

/** Fractions of pixels and the border of a box. */
const SLACK_PX = 1.5;
/** WCAG 2.2 (2.5.8) asks for 24, the platforms' own guides for 44 where fingers are the only pointer. */
const FINGER_PX = 44;

/**
 * What does not fit on the page as it stands: the page scrolls sideways; words of our components are clipped with no way
 * to scroll to them and no title that tells them; words or controls lie over one another. With `fingers`, controls on the
 * map that are too small to hit.
 */
export function layoutFindings(page: Page, { fingers = false } = {}): Promise<LayoutFinding[]> {
  return page.evaluate(findInPage, { slack: SLACK_PX, finger: fingers ? FINGER_PX : 0 });
}

/** Runs in the page, so everything that it needs lies inside. */
function findInPage({ slack, finger }: { slack: number; finger: number }): LayoutFinding[] {
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  interface Placed {
    element: Element;
    words: string;
    /** What is left of it after every ancestor that clips. */
    seen: Box[];
    isCut: boolean;
  }
  const findings: LayoutFinding[] = [];
  const parentOf = (at: Element): Element | null => {
    const root = at.getRootNode();
    return at.assignedSlot ?? at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const ancestors = (element: Element): Element[] => {
    const all: Element[] = [];
    for (let at = parentOf(element); at; at = parentOf(at)) all.push(at);
    return all;
  };
  /** Whose template it stands in; what we put into a slot is ours. */
  const componentOf = (element: Element): string => {
    const root = element.getRootNode();
    return root instanceof ShadowRoot ? root.host.localName : 'page';
  };
  const everything: Element[] = [];
  const walk = (root: ParentNode): void => {
    for (const child of root.children) {
      everything.push(child);
      if (child.shadowRoot) walk(child.shadowRoot);
      walk(child);
    }
  };
  walk(document.body);

  const meets = (one: Box, other: Box): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack;
  const isFor = (element: Element): boolean =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
    ![element, ...ancestors(element)].some((at) =>
      at.matches('.slds-assistive-text, .leaflet-pane, [aria-hidden=true], option, svg'),
    );
  /** The box after clipping; whether words are lost for good. */
  const clipped = (element: Element, box: Box): { seen: Box | null; isCut: boolean } => {
    // a DOMRect spreads to nothing
    let seen: Box = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    let [isCut, canScrollX, canScrollY] = [false, false, false];
    for (const at of [element, ...ancestors(element)]) {
      const { overflowX, overflowY, display, position } = getComputedStyle(at);
      if (display === 'contents' || display === 'inline') continue;
      if (/auto|scroll/.test(overflowX)) canScrollX = true;
      if (/auto|scroll/.test(overflowY)) canScrollY = true;
      if (overflowX !== 'visible' || overflowY !== 'visible') {
        const frame = at.getBoundingClientRect();
        const losesX = /hidden|clip/.test(overflowX) && !canScrollX && (box.right > frame.right + slack || box.left < frame.left - slack); // prettier-ignore
        const losesY = /hidden|clip/.test(overflowY) && !canScrollY && (box.bottom > frame.bottom + slack || box.top < frame.top - slack); // prettier-ignore
        isCut ||= losesX || losesY;
        seen = {
          left: Math.max(seen.left, frame.left),
          right: Math.min(seen.right, frame.right),
          top: Math.max(seen.top, frame.top),
          bottom: Math.min(seen.bottom, frame.bottom),
        };
      }
      if (position === 'fixed') break;
    }
    return { seen: seen.right > seen.left && seen.bottom > seen.top ? seen : null, isCut };
  };
  const isTold = (element: Element): boolean =>
    [element, ...ancestors(element).slice(0, 4)].some((at) => (at.getAttribute('title') ?? '') !== '');
  const told = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, 50);
  const put = (element: Element, words: string, boxes: Box[]): Placed => {
    const parts = boxes.map((box) => clipped(element, box));
    return {
      element,
      words: told(words),
      seen: parts.flatMap(({ seen }) => (seen ? [seen] : [])),
      isCut: parts.some(({ isCut }) => isCut),
    };
  };

  const texts = everything.filter(isFor).flatMap((element) => {
    const own = [...element.childNodes].filter((node) => node instanceof Text && node.data.trim() !== '');
    if (own.length === 0) return [];
    const boxes = own.flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      // the box of a font is higher than its letters: lines set close do not overlap
      return [...range.getClientRects()]
        .filter(({ width, height }) => width > 1 && height > 1)
        .map(({ left, top, right, bottom, height }) => ({
          left,
          right,
          top: top + height / 4,
          bottom: bottom - height / 4,
        }));
    });
    return [put(element, own.map(({ textContent }) => textContent).join(' '), boxes)];
  });
  const controls = everything
    .filter((element) => element.matches('button, a[href], input, select, textarea') && isFor(element))
    .map((element) => put(element, element.getAttribute('aria-label') ?? element.textContent ?? '', [element.getBoundingClientRect()])); // prettier-ignore

  if (document.documentElement.scrollWidth > innerWidth)
    findings.push({
      what: 'sideways',
      component: 'page',
      text: `${document.documentElement.scrollWidth} px in ${innerWidth} px`,
    });
  for (const { element, words, isCut } of texts) {
    const component = componentOf(element);
    if (isCut && component.startsWith('c-') && !isTold(element)) findings.push({ what: 'cut off', component, text: words }); // prettier-ignore
  }
  const overlaps = (list: readonly Placed[]): void => {
    for (const [i, one] of list.entries())
      for (const other of list.slice(i + 1)) {
        if (!one.seen.some((box) => other.seen.some((its) => meets(box, its)))) continue;
        if (ancestors(other.element).includes(one.element) || ancestors(one.element).includes(other.element)) continue;
        findings.push({ what: 'overlap', component: componentOf(one.element), text: `${one.words} × ${other.words}` });
      }
  };
  overlaps(texts);
  overlaps(controls);
  for (const { element, words } of finger ? controls : []) {
    if (!ancestors(element).some(({ localName }) => localName === 'c-territory-map')) continue;
    const { width, height } = element.getBoundingClientRect();
    if (Math.min(width, height) < finger - slack)
      findings.push({
        what: 'small target',
        component: componentOf(element),
        text: `${words}: ${Math.round(width)} × ${Math.round(height)}`,
      });
  }
  return findings;
}
