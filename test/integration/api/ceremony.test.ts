import { request } from 'node:http';
import type { Activities } from '../../../activities';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;
/** When every deadline has passed. */
let later: Activities;
let lead: Caller;
let supervisor: Caller;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  later = runActivities(api.db, () => new Date(Date.now() + 30 * 86_400_000)).activities;
  [lead, supervisor] = (await Promise.all(['lead', 'supervisor'].map((who) => api.signedIn(who)))) as [
    Caller,
    Caller,
  ];
});

afterAll(() => api.stop());

const ALL = ['SCJG', 'WJW', 'XFJ'];
const DICE = '3,1,4,1,5,2,6,5,3,5';

async function frozen(): Promise<string> {
  const code = await officials.campaignAt('approved');
  await officials.as('lead', code, 'freeze');
  return code;
}

async function finish(code: string): Promise<void> {
  await officials.seal(code, ...ALL);
  await officials.reveal(code, ...ALL);
  await officials.rollDice(code, DICE);
  await officials.as('lead', code, 'draw');
}

interface Record {
  ceremony: {
    number: number;
    phase: string;
    deadline: string | null;
    witnesses: object[];
    contributions: { contributor: string; name: string | null; seal: string | null }[];
    withheld: { name: string }[];
    visits: number;
    bundleSha256: string | null;
    endedAt: string | null;
  } | null;
  others: object[];
}

/** By its number: not shared, so what just happened is in it. */
const recordOf = (code: string, number = 1) =>
  api.nobody.get<Record>('readCeremony', { params: { code, number } });

describe('watching', () => {
  test('what is unchanged costs an empty answer, and a change is seen', async () => {
    const code = await frozen();
    const first = await api.nobody.call('watchCeremony', { params: { code } });
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    const where = `${api.url}/api/v1/public/campaigns/${code}/ceremony`;
    expect(await rawStatus(where, etag)).toBe(304);
    await officials.seal(code, 'SCJG');
    await eventually(async () => expect(await rawStatus(where, etag)).toBe(200));
  });

  test('it follows the ceremony from freeze to draw', async () => {
    const code = await officials.campaignAt('approved');
    const before = await api.nobody.get<Record>('watchCeremony', { params: { code } });
    expect(before.ceremony).toBeNull();
    await officials.as('lead', code, 'freeze');
    const phases: (string | undefined)[] = [];
    const look = async () => {
      const { ceremony: now } = await recordOf(code);
      phases.push(now?.phase);
      return now;
    };
    expect((await look())?.deadline).not.toBeNull();
    await officials.seal(code, ...ALL);
    expect((await look())?.contributions).toMatchObject([
      { contributor: 'SCJG', name: '市场监管局' },
      { contributor: 'WJW', name: '卫健委' },
      { contributor: 'XFJ', name: '消防救援支队' },
      { contributor: 'public:dice', name: null },
    ]);
    await officials.reveal(code, ...ALL);
    expect((await look())?.deadline).toBeNull();
    await officials.rollDice(code, DICE);
    await look();
    await officials.as('lead', code, 'draw');
    const drawn = await look();
    expect(phases).toEqual(['sealing', 'revealing', 'public-value', 'ready', 'drawn']);
    expect(drawn?.visits).toBeGreaterThan(0);
    expect(drawn?.bundleSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(drawn?.endedAt).not.toBeNull();
  });

  test('a plan that is not approved is nobody’s business, and a number that does not exist is said to', async () => {
    const code = await frozen();
    await api.db('campaigns').where({ code }).update({ stage: 'draft' });
    const params = { code, number: 1 };
    expect(await api.nobody.refused('watchCeremony', { params })).toMatchObject({ status: 404 });
    expect(await api.nobody.refused('readCeremony', { params })).toMatchObject({ status: 404 });
    await api.db('campaigns').where({ code }).update({ stage: 'frozen' });
    expect(await api.nobody.refused('readCeremony', { params: { ...params, number: 2 } })).toMatchObject({
      status: 404,
      type: 'ceremony-not-found',
    });
  });

  test('ceremonies to come and under way are listed before those that are over', async () => {
    const planned = await officials.campaignAt('approved');
    const running = await frozen();
    const over = await frozen();
    await finish(over);
    const { rows } = await api.nobody.get<{
      rows: { campaign: { code: string }; status: string; bundleSha256: string | null }[];
    }>('listCeremonies');
    const at = (code: string) => rows.findIndex((row) => row.campaign.code === code);
    expect(rows[at(planned)]).toMatchObject({ status: 'planned', number: null, commitment: null });
    expect(at(planned)).toBeLessThan(at(over));
    expect(at(running)).toBeLessThan(at(over));
    expect(rows[at(over)]?.status).toBe('drawn');
    expect(rows[at(over)]?.bundleSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[at(running)]?.bundleSha256).toBeNull();
  });

  test('drawn visits name inspectors by their codes, as the bundle does', async () => {
    const code = await frozen();
    await finish(code);
    const { rows } = await api.nobody.get<{
      rows: { teams: { department: string; inspectors: string[] }[] }[];
    }>('listDrawnVisits', { params: { code } });
    for (const { teams } of rows) {
      for (const { department, inspectors } of teams)
        expect(inspectors).toEqual([`${department}-0001`, `${department}-0002`]);
    }
  });
});

describe('witnesses', () => {
  const open = {
    capacity: 'congress-deputy',
    name: '林代表',
    organisation: '市人大',
    note: '提前到场',
    namePublic: true,
  };
  const shy = { capacity: 'press', name: '不愿公开的记者', organisation: '云溪日报' };

  test('the public sees the names of those who agreed, and of the others their capacity alone', async () => {
    const code = await frozen();
    for (const body of [open, shy]) await lead.get('recordWitness', { params: { code }, body });
    expect((await recordOf(code)).ceremony?.witnesses).toEqual([
      { capacity: 'congress-deputy', name: '林代表', organisation: '市人大' },
      { capacity: 'press', name: null, organisation: null },
    ]);
    const { ceremony: office } = await lead.get<{ ceremony: { witnesses: object[] } }>('readCampaign', {
      params: { code },
    });
    expect(office.witnesses).toMatchObject([open, { ...shy, namePublic: false }]);
    // The log can't be cleaned of a name later.
    const log = await api.db('audit_log').where({ subject: `campaign/${code}` });
    expect(JSON.stringify(log)).not.toMatch(/林代表|不愿公开的记者/);
  });

  test('recorded and taken back by the lead until the draw, and not after it', async () => {
    const code = await frozen();
    const params = { code };
    const liaison = await api.signedIn('wjw-liaison');
    expect(await liaison.refused('recordWitness', { params, body: open })).toMatchObject({ status: 403 });
    const { id } = await lead.get<{ id: number }>('recordWitness', { params, body: open });
    await lead.get('recordWitness', { params, body: shy });
    expect((await lead.call('removeWitness', { params: { ...params, id } })).status).toBe(204);
    expect(await lead.refused('removeWitness', { params: { ...params, id } })).toMatchObject({ status: 404 });
    await finish(code);
    expect(await lead.refused('recordWitness', { params, body: open })).toMatchObject({
      status: 409,
      type: 'already-drawn',
    });
    expect((await recordOf(code)).ceremony?.witnesses).toHaveLength(1);
  });

  test('before the freeze there is nothing to witness', async () => {
    const code = await officials.campaignAt('approved');
    expect(await lead.refused('recordWitness', { params: { code }, body: open })).toMatchObject({
      type: 'no-ceremony',
    });
  });
});

describe('a ceremony that is void', () => {
  async function voided(): Promise<string> {
    const code = await frozen();
    await officials.seal(code, ...ALL);
    await officials.reveal(code, 'SCJG', 'XFJ');
    await later.endWaiting({ campaign: code, key: `end-${code}` });
    return code;
  }

  interface Task {
    id: number;
    kind: string;
    title: string;
    state: string;
    note: string | null;
    mayComplete: boolean;
    department: { code: string };
  }

  const tasksOf = async (code: string) =>
    (
      await supervisor.get<{ rows: Task[] }>('listTasks', {
        query: { campaign: code, scope: 'all', state: 'any' },
      })
    ).rows;

  test('names who withheld, and a new one starts from a new manifest', async () => {
    const code = await voided();
    expect((await recordOf(code)).ceremony).toMatchObject({
      phase: 'void',
      voidReason: '卫健委逾期未揭示',
      withheld: [{ code: 'WJW', name: '卫健委' }],
    });
    await officials.as('lead', code, 'freeze');
    const next = await recordOf(code, 2);
    expect(next.ceremony).toMatchObject({ number: 2, phase: 'sealing' });
    expect(next.others).toEqual([{ number: 1, status: 'void', voidReason: '卫健委逾期未揭示' }]);
  });

  test('oversight has a task with a due date, and closes it by saying what it found', async () => {
    const code = await voided();
    const task = (await tasksOf(code)).find((one) => one.kind === 'void-ceremony');
    expect(task).toMatchObject({
      title: '核查作废的抽取仪式：第 1 次，卫健委逾期未揭示',
      state: 'open',
      mayComplete: true,
      department: { code: 'DCS' },
    });
    const params = { id: task?.id ?? 0 };
    expect(await lead.refused('completeTask', { params, body: { note: '没有问题。' } })).toMatchObject({
      type: 'wrong-role',
    });
    expect(await supervisor.refused('completeTask', { params, body: { note: '' } })).toMatchObject({
      fields: [{ field: 'note' }],
    });
    const note = '联络员更换未交接随机值，已责成卫健委整改。';
    expect(await supervisor.get('completeTask', { params, body: { note } })).toMatchObject({
      state: 'done',
      note,
      mayComplete: false,
    });
    expect(await supervisor.refused('completeTask', { params, body: { note } })).toMatchObject({
      type: 'task-ended',
    });
    const { timeline } = await supervisor.get<{ timeline: { action: string; note: string | null }[] }>(
      'readCampaign',
      { params: { code } },
    );
    expect(timeline.at(-1)).toMatchObject({ action: 'campaign.lookInto', note });
  });

  test('what is done by a deed can not be closed by a word', async () => {
    const code = await frozen();
    const task = (await tasksOf(code)).find((one) => one.kind === 'seal');
    expect(
      await supervisor.refused('completeTask', {
        params: { id: task?.id ?? 0 },
        body: { note: '算了，不封了。' },
      }),
    ).toMatchObject({ status: 409, type: 'task-by-deed' });
  });

  test('cancelling the campaign does not take the matter from oversight', async () => {
    const code = await voided();
    await officials.as('lead', code, 'cancel', { reason: '演练' });
    const open = (await tasksOf(code)).filter((one) => one.state === 'open');
    expect(open.map((one) => one.kind)).toEqual(['void-ceremony']);
  });
});

/** The status as the server gives it: fetch would turn a 304 into what it remembers. */
async function rawStatus(where: string, etag: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(where, { headers: { 'if-none-match': etag } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      await check();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
