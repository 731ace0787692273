/** WCAG 2.2 AA as far as a machine can judge it: axe-core's rules on what a page shows at this moment. */
import { readFileSync } from 'node:fs';
import type { AxeResults, Result } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What axe calls worse than moderate: it shuts somebody out, or nearly. */
const GRAVE = ['serious', 'critical'];

/** What is wrong on the page for people who see, hear or move otherwise, one line for each element. */
export async function barriersOn(page: Page): Promise<string[]> {
  // Evaluated from outside: the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (standard) =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: { type: 'tag', values: standard },
        resultTypes: ['violations'],
      } as never),
    STANDARD,
  );
  return violations.filter(({ impact }) => GRAVE.includes(impact ?? '')).flatMap(linesOf);
}

const linesOf = ({ id, nodes }: Result): string[] =>
  nodes.map(({ target, html, failureSummary }) =>
    [id, target.join(' '), html.slice(0, 160), (failureSummary ?? '').replace(/\s+/g, ' ')].join(' | '),
  );

/** Which page an address is of, whatever it shows: codes and numbers are left out. */
export const kindOfPage = (url: string): string =>
  new URL(url).pathname
    .split('/')
    .map((part) => (/\d/.test(part) ? ':' : part))
    .join('/');
