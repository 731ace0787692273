import { buffer } from 'node:stream/consumers';
import { readBundle, readChunks } from '../../../db/archives';
import { readCampaign } from '../../../db/campaigns';
import { verifyBundle } from '../../../server/verify/verify-bundle';
import { campaignDriver } from '../../support/drive-campaign';
import { readZip } from '../../support/read-zip';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Training {
  id: number;
  enteredBy: string;
  withdrawalReason: string | null;
  mayWithdraw: boolean;
}

let api: TestApi;
let liaison: Caller;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 30 });
  api.clock.now = new Date('2026-11-24T02:00:00Z');
  liaison = await api.signedIn('wjw-liaison');
});

afterAll(() => api.stop());

const LAW = { topic: '公共法律知识', heldOn: '2026-03-02', hours: 8, validUntil: '2026-12-31' };
const entering = (code: string, change: object = {}) => ({ params: { code }, body: { ...LAW, ...change } });

const codesOf = async (training: string): Promise<string[]> => {
  const { rows } = await liaison.get<{ rows: { code: string }[] }>('listInspectors', {
    query: { department: 'WJW', training },
  });
  return rows.map((row) => row.code);
};

test('a training is entered by the department, and a wrong one withdrawn; both stay on record', async () => {
  const { id } = await liaison.get<Training>('enterTraining', entering('WJW-0002'));
  expect(await liaison.refused('enterTraining', entering('WJW-0002'))).toMatchObject({
    type: 'training-exists',
  });
  const withdrawal = { params: { id }, body: { reason: '登记错人' } };
  await liaison.get('withdrawTraining', withdrawal);
  expect(await liaison.refused('withdrawTraining', withdrawal)).toMatchObject({ type: 'training-withdrawn' });
  await liaison.get('enterTraining', entering('WJW-0002', { validUntil: '2026-12-30' }));
  const { trainings } = await liaison.get<{ trainings: Training[] }>('readInspectorFile', {
    params: { code: 'WJW-0002' },
  });
  expect(trainings).toMatchObject([
    { enteredBy: 'wjw-liaison', withdrawalReason: null, mayWithdraw: true },
    { enteredBy: 'wjw-liaison', withdrawalReason: '登记错人', mayWithdraw: false },
  ]);
  expect(await api.db('audit_log').where('action', 'like', 'training.%')).toHaveLength(3);
});

test('what is wrong is named, others can not enter, and nothing is written', async () => {
  expect(
    await liaison.refused('enterTraining', entering('WJW-0001', { heldOn: '2026-11-25' })),
  ).toMatchObject({ status: 422, type: 'training-days', fields: [{ field: 'heldOn' }] });
  expect(
    await liaison.refused('enterTraining', entering('WJW-0001', { validUntil: '2026-03-01' })),
  ).toMatchObject({ type: 'training-days', fields: [{ field: 'validUntil' }] });
  for (const change of [{ hours: 0.3 }, { topic: ' ' }])
    expect((await liaison.refused('enterTraining', entering('WJW-0001', change))).status).toBe(422);
  const other = await api.signedIn('xfj-liaison');
  expect(await other.refused('enterTraining', entering('WJW-0001'))).toMatchObject({
    type: 'other-department',
  });
  const [row] = await api.db('inspector_trainings').select<{ id: number }[]>('id');
  const taken = { params: { id: row?.id ?? 0 }, body: { reason: '试试' } };
  expect(await other.refused('withdrawTraining', taken)).toMatchObject({ type: 'other-department' });
  expect(await api.db('inspector_trainings')).toHaveLength(2);
});

test('the registry finds who is not trained, and whose training ends soon', async () => {
  expect(await codesOf('expiring')).toEqual(['WJW-0002']);
  expect(await codesOf('invalid')).toEqual(['WJW-0001']);
  // A withdrawn one does not count, however long it would have.
  const far = await liaison.get<Training>(
    'enterTraining',
    entering('WJW-0001', { validUntil: '2099-12-31' }),
  );
  expect(await codesOf('invalid')).toEqual([]);
  await liaison.get('withdrawTraining', { params: { id: far.id }, body: { reason: '有效期填错' } });
  expect(await codesOf('invalid')).toEqual(['WJW-0001']);
});

test('where the city demands it, only who is trained on the last day of the visits is frozen and drawn', async () => {
  const coordinator = await api.signedIn('coordinator');
  const approver = await api.signedIn('approver');
  const market = await api.signedIn('scjg-liaison');
  await liaison.get('enterTraining', entering('WJW-0001'));
  for (const code of ['SCJG-0001', 'SCJG-0002']) await market.get('enterTraining', entering(code));
  const officials = campaignDriver({ ...api, ...runActivities(api.db, () => api.clock.now) });
  const planned = async () => {
    const lead = await api.signedIn('lead');
    const { code } = await lead.get<{ code: string }>('createCampaign', {
      body: {
        ...{ name: '培训后抽查', leadDepartment: 'SCJG', regions: ['691100'], mode: 'joint' },
        ...{ items: ['SCJG-001', 'WJW-001', 'XFJ-001'], visitFrom: '2026-12-01', visitTo: '2026-12-31' },
      },
    });
    await officials.carryTo(code, 'approved');
    return code;
  };
  const before = await planned();

  const { version } = await coordinator.get<{ version: number }>('createRatioPolicy', {
    body: {
      rows: ['A', 'B', 'C', 'D'].map((drawClass) => ({
        ...{ region: null, drawClass, ratioPpm: 200_000, cap: 2 },
      })),
      ...{ trainingRequired: true, reason: '年度调整', validFrom: '2026-11-24' },
    },
  });
  for (const [who, command] of [
    [coordinator, 'submit'],
    [approver, 'approve'],
  ] as const)
    await who.get('decideRatioPolicy', { params: { version }, body: { command, note: '' } });
  expect(await liaison.get('readInspectorFile', { params: { code: 'WJW-0002' } })).toMatchObject({
    trainingRequired: true,
  });

  const code = await planned();
  const { note } = await officials.as('lead', code, 'freeze');
  expect(note).toMatch(/因培训到检查期最后一天无效，未列入检查人员名单：.* 1 名、.* 2 名。$/);
  await officials.carryTo(code, 'drawn');
  const stored = await readBundle(api.db, (await readCampaign(api.db, code)).id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  const bundle = await buffer(readChunks(api.db, stored));
  const people = (await readZip(bundle)).get('inspectors.csv')?.split('\n').slice(1, -1);
  expect(people?.map((line) => line.split(',')[0])).toEqual(['SCJG-0001', 'SCJG-0002', 'WJW-0001']);
  expect(await verifyBundle(bundle)).toMatchObject({ ok: true });
  const lead = await api.signedIn('lead');
  expect(await lead.get('readCampaign', { params: { code } })).toMatchObject({ ceremony: { untrained: 3 } });

  // What was planned by the version before goes by that.
  expect((await officials.as('lead', before, 'freeze')).note).toMatch(/^名录已冻结，承诺值 [0-9a-f]{64}。$/);
});
