/** People with a browser each, whose pages are watched for anything that goes wrong unseen. */
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD } from '../../support/build-city';
import { launchChromium } from '../../support/chromium';
import { barriersOn, kindOfPage } from './accessibility';

export const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** On a machine that many share, somebody else's turn may take a while. */
export const PATIENCE_MS = 120_000;

export interface Visitors {
  /** A browser window of somebody's own, with their own storage, not signed in. */
  visitor(name: string, options?: BrowserContextOptions): Promise<Page>;
  /** The person's one window at a desk; signed in when it is first asked for. */
  person(username: string): Promise<Page>;
  /** The next refusals that the test provokes: `422 POST /api/v1/campaigns`. */
  expectRefusal(refusal: string): void;
  /** Looks at each open page of a kind, and of a width, that was not looked at yet for what shuts people out. */
  lookForBarriers(): Promise<void>;
  /** Errors in consoles, failed requests and refusals that nobody expected; refusals that did not come; barriers. */
  troubles(): string[];
  /** Pictures of what is on everybody's screen, in a folder. */
  photograph(folder: string): Promise<void>;
  close(): Promise<void>;
}

export async function startVisitors(url: string): Promise<Visitors> {
  const browser: Browser = await launchChromium();
  const troubles: string[] = [];
  const expected: string[] = [];
  const people = new Map<string, Promise<Page>>();
  const lookedAt = new Set<string>();

  async function visitor(name: string, options: BrowserContextOptions = DESK): Promise<Page> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'zh-CN',
      // Seen in another time zone, the city's days must stay the city's.
      timezoneId: 'America/New_York',
      permissions: ['clipboard-write'],
      // A browser draws the page in front only, and what moves elsewhere never comes to its end.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    watch(page, name, { troubles, expected });
    return page;
  }

  return {
    visitor,
    person: (username) => {
      let page = people.get(username);
      if (!page) {
        page = visitor(username).then(async (opened) => {
          await opened.goto('/login');
          await signIn(opened, username);
          return opened;
        });
        people.set(username, page);
      }
      return page;
    },
    expectRefusal: (refusal) => expected.push(refusal),
    lookForBarriers: async () => {
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        const kind = `${kindOfPage(page.url())} at ${page.viewportSize()?.width ?? 0} px`;
        if (lookedAt.has(kind) || !page.url().startsWith(url) || isForeign(page.url())) continue;
        lookedAt.add(kind);
        troubles.push(...(await barriersOn(page)).map((barrier) => `${kind}: ${barrier}`));
      }
    },
    troubles: () => [...troubles, ...expected.map((refusal) => `never refused: ${refusal}`)],
    photograph: async (folder) => {
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [at, page] of pages.entries()) {
        await page.screenshot({ path: path.join(folder, `${at + 1}.png`), fullPage: true });
      }
    },
    close: () => browser.close(),
  };
}

/** The page of the API's document is somebody else's. */
const isForeign = (url: string): boolean => new URL(url).pathname.startsWith('/api/docs');

export async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: `账户菜单：${username}` }).waitFor();
}

/** Asked on every page before anybody is signed in. */
const USUAL = '401 GET /api/v1/session';

function watch(page: Page, name: string, lists: { troubles: string[]; expected: string[] }): void {
  const { troubles, expected } = lists;
  page.on('pageerror', (error) => troubles.push(`${name}: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    // The browser's own word for an answer of 400 and above, which is judged below.
    if (message.text().startsWith('Failed to load resource')) return;
    if (['error', 'warning'].includes(message.type())) troubles.push(`${name}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const error = request.failure()?.errorText ?? '';
    // What was under way when the person went to another page.
    if (error !== 'net::ERR_ABORTED') troubles.push(`${name}: ${request.url()} ${error}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const refusal = `${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`;
    const at = expected.indexOf(refusal);
    if (at >= 0) expected.splice(at, 1);
    else if (refusal !== USUAL) troubles.push(`${name}: ${refusal}`);
  });
}
