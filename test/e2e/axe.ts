import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One thing that axe found, and which component it is of. */
export interface AxeFinding {
  readonly rule: string;
  /** The innermost custom element around it, such as c-balance-bars or lightning-combobox. */
  readonly component: string;
  readonly target: string;
  readonly what: string;
}

interface AxeNode {
  readonly target: readonly (string | readonly string[])[];
  readonly failureSummary?: string;
}

/** All violations of WCAG 2.2 A and AA and of axe's good practices on the page as it stands. */
export async function axeFindings(page: Page): Promise<AxeFinding[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(where: Document, how: object): Promise<{ violations: { id: string; nodes: AxeNode[] }[] }> };
    };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    const elementAt = (target: AxeNode['target']): Element | null => {
      let root: Document | ShadowRoot | null = document;
      let found: Element | null = null;
      for (const part of target.flat()) {
        found = root?.querySelector(part) ?? null;
        root = found?.shadowRoot ?? null;
      }
      return found;
    };
    const componentOf = (element: Element | null): string => {
      for (let at = element; at; ) {
        if (at.localName.includes('-')) return at.localName;
        const root = at.getRootNode();
        at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
      }
      return 'page';
    };
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => ({
        rule: id,
        component: componentOf(elementAt(target)),
        target: target.flat().join(' '),
        what: failureSummary.replace(/\s+/g, ' ').slice(0, 200),
      })),
    );
  });
}
