import type { CeremonyLine } from '../../../domain/draw/ceremony-lines';
import { hash } from '../../../domain/draw/hash';
import { verifyBundle, type Verification } from '../../../server/verify/verify-bundle';
import type { Activities } from '../../../activities';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;
/** The same, when every deadline has passed. */
let later: ReturnType<typeof campaignDriver>;
let endWaiting: Activities['endWaiting'];

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  const run = runActivities(api.db, () => new Date(Date.now() + 30 * 86_400_000));
  later = campaignDriver({ ...api, ...run });
  endWaiting = run.activities.endWaiting;
});

afterAll(() => api.stop());

const ALL = ['SCJG', 'WJW', 'XFJ'];
const UNCAPPED = { yearlyCap: { A: null, B: null, C: null, D: null } };

async function download(code: string, file: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1/public/campaigns/${code}/${file}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const linesOf = (content: Buffer) => content.toString('utf8').split('\n').slice(0, -1);
const parsed = (content: Buffer) => linesOf(content).map((line) => JSON.parse(line) as CeremonyLine);
const found = ({ checks }: Verification) => checks.flatMap((check) => check.problems);
const held = ({ checks }: Verification) => checks.filter((check) => check.ok).map((check) => check.id);

test('a void ceremony stays, the draw is appended to it, and both are checked from what is public', async () => {
  const code = await officials.campaignAt('approved', UNCAPPED);
  await officials.as('lead', code, 'freeze');
  expect(await download(code, 'ceremonies.jsonl')).toHaveLength(0);
  await officials.seal(code, 'WJW');
  await endWaiting({ campaign: code, key: `end-${code}` });
  const before = await download(code, 'ceremonies.jsonl');
  expect(parsed(before)).toMatchObject([{ ceremony: 1, outcome: 'void', withheld: ['SCJG', 'XFJ'] }]);

  await later.as('lead', code, 'freeze');
  const ongoing = await verifyBundle(await download(code, 'ceremonies/2/frozen.zip'), { ceremonies: before });
  expect(found(ongoing)).toEqual([]);
  expect(ongoing).toMatchObject({ ok: true, frozen: true });
  await later.seal(code, ...ALL);
  await later.reveal(code, ...ALL);
  await later.rollDice(code, '3,1,4,1,5,2,6,5,3,5');
  await later.as('lead', code, 'draw');

  const ceremonies = await download(code, 'ceremonies.jsonl');
  const [first = '', second = ''] = linesOf(ceremonies);
  expect(ceremonies.subarray(0, before.length)).toEqual(before);
  expect(JSON.parse(second)).toMatchObject({
    ceremony: 2,
    outcome: 'drawn',
    previous: hash(first),
    withheld: [],
  });
  const verification = await verifyBundle(await download(code, 'bundle.zip'), { ceremonies });
  expect(found(verification)).toEqual([]);
  expect(held(verification)).toEqual(expect.arrayContaining(['ceremonies', 'void']));
  const frozen = await verifyBundle(await download(code, 'ceremonies/1/frozen.zip'), { ceremonies });
  expect(frozen).toMatchObject({ ok: true, frozen: true });
});

test('a ceremony that ends with its campaign names nobody', async () => {
  const code = await officials.campaignAt('approved', UNCAPPED);
  await officials.as('lead', code, 'freeze');
  await officials.seal(code, 'WJW');
  await officials.as('lead', code, 'cancel', { reason: '演练' });
  const ceremonies = await download(code, 'ceremonies.jsonl');
  expect(parsed(ceremonies)).toMatchObject([
    { outcome: 'cancelled', withheld: [], bundle: null, reason: '任务取消：演练' },
  ]);
  const frozen = await verifyBundle(await download(code, 'ceremonies/1/frozen.zip'), { ceremonies });
  expect(found(frozen)).toEqual([]);
  expect(held(frozen)).toEqual(expect.arrayContaining(['ceremonies', 'void']));
});
