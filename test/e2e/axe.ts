import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One thing that axe found, and which component it is of. */
export interface AxeFinding {
  readonly rule: string;
  /** The innermost custom element around it; what we put into the slot of a lightning-card is told with the card. */
  readonly component: string;
  readonly target: string;
  readonly what: string;
}

interface AxeCheck {
  readonly id: string;
}
interface AxeNode {
  readonly target: readonly (string | readonly string[])[];
  readonly failureSummary?: string;
  readonly any: readonly AxeCheck[];
  readonly all: readonly AxeCheck[];
  readonly none: readonly AxeCheck[];
}
interface AxeRule {
  readonly id: string;
  readonly nodes: readonly AxeNode[];
}

/**
 * All violations of WCAG 2.2 A and AA and of axe's good practices on the page as it stands. Axe runs in a world of its own,
 * as an extension of the browser does: in the page's, synthetic shadow hides the inside of components, and the contrast of
 * colours cannot be judged. A rule that breaks down is a finding too: else it would pass unseen.
 */
export async function axeFindings(page: Page): Promise<AxeFinding[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'axe',
    });
    const run = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
      return result.value;
    };
    await run(`${source};0`);
    return (await run(`(${findInWorld.toString()})()`)) as AxeFinding[];
  } finally {
    await session.detach();
  }
}

/** Runs in the page, so everything that it needs lies inside. */
async function findInWorld(): Promise<AxeFinding[]> {
  const { axe } = globalThis as unknown as {
    axe: { run(where: Document, how: object): Promise<{ violations: AxeRule[]; incomplete: AxeRule[] }> };
  };
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations, incomplete } = await axe.run(document, { runOnly });
  const componentOf = (selector: string): string => {
    for (let at = document.querySelector(selector); at; at = at.parentElement)
      if (at.localName.includes('-')) return at.localName;
    return 'page';
  };
  const told =
    (suffix: string) =>
    (id: string, { target, failureSummary = '' }: AxeNode): AxeFinding => ({
      rule: `${id}${suffix}`,
      component: componentOf(target.flat().join(' ')),
      target: target.flat().join(' '),
      what: failureSummary.replace(/\s+/g, ' ').slice(0, 260),
    });
  const brokeDown = ({ any, all, none }: AxeNode) =>
    [...any, ...all, ...none].some(({ id }) => id === 'error-occurred');
  return [
    ...violations.flatMap(({ id, nodes }) => nodes.map((node) => told('')(id, node))),
    ...incomplete.flatMap(({ id, nodes }) =>
      nodes.filter(brokeDown).map((node) => told(' (axe broke down)')(id, node)),
    ),
  ];
}
