import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  await buildUser(api.db, {
    username: 'east-supervisor',
    role: 'supervisor',
    department: 'DCS',
    region: '691101',
  });
});

afterAll(() => api.stop());

const DICE = '3,1,4,1,5,2,6,5,3,5';
const ALL = ['SCJG', 'WJW', 'XFJ'];

/** Everything is revealed: two persons enter the public value now. */
async function revealed(plan: object = {}, departments = ALL): Promise<string> {
  const code = await officials.campaignAt('approved', plan);
  await officials.as('lead', code, 'freeze');
  await officials.seal(code, ...departments);
  await officials.reveal(code, ...departments);
  return code;
}

const entry = (code: string, body: object) => ({
  params: { code },
  body: { contributor: 'public:dice', value: DICE, source: '政务大厅现场掷骰', ...body },
});

const enter = async (who: string, code: string, body: object = {}) =>
  (await api.signedIn(who)).get<{ note: string; stage: string }>('recordPublicValue', entry(code, body));

const refused = async (who: string, code: string, body: object = {}) =>
  (await api.signedIn(who)).refused('recordPublicValue', entry(code, body));

const entriesOf = (code: string) =>
  api
    .db('public_value_entries as e')
    .join('ceremonies as y', 'y.id', 'e.ceremony_id')
    .join('campaigns as c', 'c.id', 'y.campaign_id')
    .where('c.code', code)
    .orderBy(['e.round', 'e.place'])
    .select<{ round: number; place: number; value: string; role: string }[]>(
      'e.round',
      'e.place',
      'e.value',
      'e.role',
    );

test('one entry alone counts for nothing, and nobody can read it', async () => {
  const code = await revealed();
  expect((await enter('lead', code)).note).toContain('另一人独立登记');
  const supervisor = await api.signedIn('supervisor');
  for (const shown of [
    await api.nobody.call('watchCeremony', { params: { code } }),
    await api.nobody.call('readCeremony', { params: { code, number: 1 } }),
    await supervisor.call('readCampaign', { params: { code } }),
    await api.nobody.call('readPublicCampaign', { params: { code } }),
  ]) {
    expect(shown.status).toBe(200);
    expect(JSON.stringify(shown.body)).not.toContain(DICE);
  }
  // Sent again, as after a lost answer: still one of two.
  expect((await enter('lead', code)).note).toContain('另一人');
  const other = { value: DICE.replace(/5$/, '6') };
  expect(await refused('lead', code, other)).toMatchObject({ status: 409, type: 'second-person' });
  expect(await entriesOf(code)).toMatchObject([{ round: 1, place: 1 }]);
});

test('entries that differ are both shown with office and role, and entered again; all of it is in the audit log', async () => {
  const code = await revealed();
  await enter('lead', code);
  const other = DICE.replace(/5$/, '6');
  expect((await enter('wjw-liaison', code, { value: other, source: undefined })).note).toContain('不一致');
  const { ceremony: shown } = await api.nobody.get<{
    ceremony: { phase: string; publicValues: { rounds: object[] }[] };
  }>('readCeremony', { params: { code, number: 1 } });
  expect(shown).toMatchObject({
    phase: 'public-value',
    publicValues: [
      {
        rounds: [
          {
            round: 1,
            outcome: 'differing',
            entries: [
              { department: '市场监管局', role: 'lead_officer', value: DICE },
              { department: '卫健委', role: 'liaison', value: other },
            ],
          },
        ],
      },
    ],
  });
  // In a new round either of them may begin, and somebody else may take part.
  await enter('wjw-liaison', code);
  expect(await refused('wjw-liaison', code, { value: other })).toMatchObject({ type: 'second-person' });
  const audited = await api
    .db('audit_log')
    .where({ subject: `campaign/${code}`, action: 'campaign.enterPublicValue' })
    .orderBy('seq')
    .pluck('after');
  expect(audited).toMatchObject([
    { round: 1, value: DICE, outcome: 'pending' },
    { round: 1, value: other, outcome: 'differing' },
    { round: 2, value: DICE, outcome: 'pending' },
  ]);
});

test('an agreed value is not lost while the workflow is away: either of them hands it in again, and no other value', async () => {
  const code = await revealed();
  await enter('lead', code);
  const away = { status: 503, type: 'workflow-service-unavailable' };
  expect(await refused('supervisor', code, { value: '3141526535', source: undefined })).toMatchObject(away);
  expect(await refused('lead', code)).toMatchObject(away);
  expect(await refused('lead', code, { value: DICE.replace(/5$/, '1') })).toMatchObject({
    status: 409,
    type: 'public-value-agreed',
  });
  expect(await entriesOf(code)).toEqual([
    { round: 1, place: 1, value: DICE, role: 'lead_officer' },
    { round: 1, place: 2, value: DICE, role: 'supervisor' },
  ]);
});

test('a value that the ceremony has already is handed in again by either of the two, whose answer was lost', async () => {
  const code = await revealed();
  await enter('lead', code);
  const away = { status: 503, type: 'workflow-service-unavailable' };
  expect(await refused('supervisor', code)).toMatchObject(away);
  await officials.rollDice(code, DICE);
  expect(await refused('supervisor', code)).toMatchObject(away);
  const recorded = { status: 409, type: 'public-value-recorded' };
  expect(await refused('supervisor', code, { value: DICE.replace(/5$/, '1') })).toMatchObject(recorded);
  expect(await refused('wjw-liaison', code)).toMatchObject(recorded);
});

test('of several who enter at the same time two make a round, and nobody twice', async () => {
  const code = await revealed();
  const values = [DICE, DICE.replace(/^3/, '2')];
  await Promise.all(
    ['lead', 'supervisor', 'wjw-liaison', 'xfj-liaison'].map((who, at) =>
      enter(who, code, { value: values[at % 2] }).catch(() => undefined),
    ),
  );
  const entries = await entriesOf(code);
  const places = entries.map(({ round, place }) => `${round}/${place}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places.slice(0, 2)).toEqual(['1/1', '1/2']);
});

test.each([
  ['a die with seven pips', '3 1 4 1 5 7 6 5 3 5', '第 6 颗“7”'],
  ['too few dice', '314152653', '至少掷 10 颗'],
  ['too many', '1'.repeat(129), '至多 128 个'],
  ['words', '三一四一五二六五三五', '第 1 颗“三”'],
])('%s is refused', async (_, value, said) => {
  const code = await revealed();
  const problem = await refused('lead', code, { value });
  expect(problem).toMatchObject({ status: 422, type: 'bad-public-value', fields: [{ field: 'value' }] });
  expect(problem.detail).toContain(said);
  expect(await entriesOf(code)).toEqual([]);
});

test('the first person names where a citizen can look it up', async () => {
  const code = await revealed();
  expect(await refused('lead', code, { source: ' ' })).toMatchObject({ fields: [{ field: 'source' }] });
});

test('a numbered drawing needs its number and day, and they have to agree as well', async () => {
  const code = await revealed({ publicContributor: 'public:lottery' });
  const lottery = { contributor: 'public:lottery', value: '03 07 11 18 24 30 + 09', source: '福彩双色球' };
  const problem = await refused('lead', code, lottery);
  expect(problem.fields?.map((one) => one.field)).toEqual(['number', 'on']);
  await enter('lead', code, { ...lottery, number: '2026031', on: '2026-03-19' });
  const { note } = await enter('supervisor', code, { ...lottery, number: '2026032', on: '2026-03-19' });
  expect(note).toContain('不一致');
});

test('nobody enters it who has no part in the campaign', async () => {
  const code = await revealed(
    { items: ['SCJG-001', 'WJW-001'], teams: ['SCJG', 'WJW'].map((department) => ({ department, size: 2 })) },
    ['SCJG', 'WJW'],
  );
  for (const who of ['xfj-liaison', 'east-supervisor']) {
    expect(await refused(who, code)).toMatchObject({ status: 403, type: 'not-your-campaign' });
  }
  for (const who of ['approver', 'admin', 'wjw-0001']) {
    expect(await refused(who, code)).toMatchObject({ status: 403, type: 'wrong-role' });
  }
  await enter('coordinator', code);
});

test('it comes last: a department that has not revealed is named', async () => {
  const code = await officials.campaignAt('approved');
  await officials.as('lead', code, 'freeze');
  expect(await refused('lead', code)).toMatchObject({ status: 409, type: 'campaign-stage' });
  await officials.seal(code, ...ALL);
  await officials.reveal(code, 'SCJG', 'XFJ');
  const problem = await refused('lead', code);
  expect(problem).toMatchObject({ status: 409, type: 'reveals-missing' });
  expect(problem.detail).toContain('卫健委');
  await officials.reveal(code, 'WJW');
  expect(await refused('lead', code, { contributor: 'public:lottery' })).toMatchObject({ status: 404 });
  await officials.rollDice(code, DICE);
  expect(await refused('lead', code)).toMatchObject({ status: 409, type: 'public-value-recorded' });
});
