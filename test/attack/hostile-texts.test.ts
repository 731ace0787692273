/**
 * Every text that people write is spoilt with what would run as a script in a browser, or as a formula in a spreadsheet, and
 * everybody looks at every page that they find a way to and takes every table: words stay words.
 */
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { contract } from '../../api/contract';
import type { Endpoint } from '../../api/contract/endpoint';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { spoilTexts } from '../support/hostile-texts';
import { until } from '../support/until';
import { drawnCampaign } from '../e2e/ceremony-steps';
import { kindOfPage } from '../e2e/support/accessibility';
import { visitsOf } from '../e2e/support/inspecting';
import { everyDepartmentEverywhere, visitedTown } from '../e2e/support/visited-town';

const today = dayOf(new Date());
const site = visitedTown(everyDepartmentEverywhere);

/** Out of an attribute, out of a text, out of a script, and a link that is none. */
const HOSTILE = `"'><img src=x onerror=ran()></script><script>ran()</script><svg onload=ran()>{{ran()}}javascript:ran()`;

let columns: string[] = [];

beforeAll(async () => {
  const { town } = site;
  const code = await drawnCampaign(town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  const [visit] = await visitsOf(town, code);
  const inspector = visit?.inspectors.find((one) => one.department === 'SCJG')?.code ?? '';
  const results = [{ item: 'SCJG-001', resultCode: 6, opinion: '两次拒绝检查人员进入，已录像。' }];
  await (
    await town.signedIn(inspector.toLowerCase())
  ).get('submitResults', { params: { id: visit?.id ?? 0 }, body: { visitOn: today, results } });
  await until(
    () => town.db('handling_events').where({ kind: 'opened' }).select('case_id'),
    (events) => events.length > 0,
  );
  await town
    .db('entities')
    .update({ address: '安康大道 1 号', business_scope: '餐饮服务', contact_name: '王某' });
  columns = await spoilTexts(town.db, `?? || '${HOSTILE.replaceAll("'", "''")}'`);
}, 180_000);

interface Found {
  text: string;
  intruders: string[];
  links: string[];
  ran: boolean;
}

/** In the page. */
const LOOK = `({
  text: document.body.textContent,
  intruders: [...document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript:"]')].map((one) => one.outerHTML),
  links: [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')),
  ran: 'ranHere' in globalThis,
})`;
const TRAP = 'globalThis.ran = () => { globalThis.ranHere = true }';

const seen = new Map<string, boolean>();

/** Goes wherever a link leads that nobody was at before, one page of each kind. */
async function lookEverywhere(page: Page, from: readonly string[], within: RegExp): Promise<void> {
  const ahead = [...from];
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    const kind = kindOfPage(new URL(next, site.town.url).href);
    // The first page is each person's own.
    if (seen.has(kind) && !next.startsWith('/?as=')) continue;
    await page.goto(next, { waitUntil: 'networkidle' });
    const found = await page.evaluate<Found>(LOOK);
    expect({ kind, intruders: found.intruders, ran: found.ran }).toEqual({ kind, intruders: [], ran: false });
    seen.set(kind, found.text.includes('<img src=x'));
    ahead.push(...found.links.filter((link) => within.test(link)));
  }
}

test('texts of people are texts on every page', async () => {
  expect(columns.length).toBeGreaterThan(15);
  const visitor = await site.visitors.visitor('a citizen');
  await visitor.addInitScript(TRAP);
  await lookEverywhere(
    visitor,
    ['/public', '/public/items', '/public/bulletins', '/public/annual-plans', '/public/audit'],
    /^\/public/,
  );
  for (const username of ['lead', 'approver', 'scjg-liaison', 'scjg-head', 'scjg-0001', 'admin']) {
    const page = await site.visitors.person(username);
    await page.addInitScript(TRAP);
    await lookEverywhere(page, [`/?as=${username}`], /^\/(?!api\/|verify\.html|public)/);
  }
  const shown = [...seen].filter(([, isShown]) => isShown).map(([kind]) => kind);
  expect({ pages: seen.size, shown: shown.length }).toEqual({
    pages: expect.any(Number) as number,
    shown: expect.any(Number) as number,
  });
  expect(shown.length).toBeGreaterThan(30);
}, 300_000);

const TABLES = (Object.entries(contract) as [keyof typeof contract, Endpoint][]).filter(
  ([, { method, file }]) => method === 'get' && typeof file === 'string' && file.startsWith('text/csv'),
);

test('no cell of a table that is downloaded begins a formula', async () => {
  const { town } = site;
  const formulas = await spoilTexts(town.db, `'=HYPERLINK(1)' || ??`);
  expect(formulas.length).toBeGreaterThan(15);
  const campaign = await town.db('campaigns').first<{ code: string }>('code');
  const params = { code: campaign.code, id: 1, number: 1, year: 2026, name: 'SCJG' };
  const people = await Promise.all(
    ['lead', 'admin', 'approver', 'scjg-liaison'].map((name) => town.signedIn(name)),
  );
  const taken: string[] = [];
  for (const [id] of TABLES) {
    for (const person of people) {
      const { status, body } = await person.call(id, { params });
      if (status !== 200) continue;
      const cells = parse(String(body), { bom: true }).flat();
      expect({ id, begins: cells.filter((cell) => /^\s*[=+@]/.test(cell)) }).toEqual({ id, begins: [] });
      if (cells.some((cell) => cell.includes('=HYPERLINK(1)'))) taken.push(id);
      break;
    }
  }
  expect(taken.length).toBeGreaterThan(6);
}, 120_000);
