/** Changes after a draw over the public API: asked for, approved by somebody else, on the public record; or refused. */
import { dayOf, shift } from '../../domain/deadlines/working-days';
import type { EndpointId, Sent } from '../integration/api/support';
import { buildInspector, buildUser } from '../support/build-city';
import { startWebSystem, type WebSystem } from '../support/web-system';
import { approvedCampaign, drawnCampaign } from './ceremony-steps';
import { chapters } from './support/chapters';
import { visitsOf, type VisitToMake } from './support/inspecting';
import { readPublicRecord } from './support/public-record';

const REASON = '检查人员因公外出';
const today = dayOf(new Date());
const chapter = chapters();

let town: WebSystem;
let code = '';

beforeAll(async () => {
  town = await startWebSystem();
  for (const number of [3, 4, 5]) {
    await buildInspector(town.db, { code: `WJW-000${number}`, department: 'WJW' });
  }
  await buildUser(town.db, { username: 'wjw-head', role: 'approver', department: 'WJW' });
}, 120_000);

afterAll(() => town.stop(), 60_000);

interface Amendment {
  id: number;
  status: string;
  label: string;
  mayDecide: boolean;
  outcome: string | null;
  note: string;
  decidedBy: string | null;
}

/** Everything that a change, or a request for one, writes. */
async function state() {
  const { db } = town;
  return {
    requests: await db('amendments').orderBy('id'),
    record: await db('draw_records').orderBy(['ceremony_id', 'seq']),
    drawn: await db('drawn').orderBy(['ceremony_id', 'item', 'stratum', 'rank']),
    visits: await db('visits').orderBy('id'),
    items: await db('visit_items').orderBy(['visit_id', 'item_code']),
    teams: await db('assignments').orderBy(['visit_id', 'inspector_id']),
    gaps: await db('unfilled_slots').orderBy(['visit_id', 'department_code']),
    tasks: await db('tasks').orderBy('id'),
    notices: await db('notices').count(),
    changes: await db('audit_log').where('action', 'not like', 'session.%').count(),
  };
}

interface Refusal {
  status: number;
  type: string;
  field?: string;
  /** What the refused person is told. */
  says: string | RegExp;
}

async function refused(username: string, id: EndpointId, sent: Sent, { field, says, ...expected }: Refusal) {
  const person = await town.signedIn(username);
  const before = await state();
  const problem = await person.refused(id, { ...sent, params: { code, ...sent.params } });
  expect(problem).toMatchObject(expected);
  expect(problem.detail).toMatch(says);
  if (field !== undefined) expect(problem.fields?.map((one) => one.field)).toContain(field);
  expect(await state()).toEqual(before);
}

const refusedRequest = (username: string, body: object, refusal: Refusal) =>
  refused(username, 'requestAmendment', { body: { reason: REASON, ...body } }, refusal);

async function ask(username: string, body: object, headers: Record<string, string> = {}): Promise<Amendment> {
  const person = await town.signedIn(username);
  return person.get('requestAmendment', { params: { code }, body: { reason: REASON, ...body }, headers });
}

const replacement = (inspector: string, visits?: number[]) => ({
  kind: 'replacement',
  inspector,
  ...(visits ? { visits } : {}),
});

const supplement = (...strata: object[]) => ({ kind: 'supplement', strata });
const more = (stratum: string, ratioPpm: number, minimum = 1) => ({ item: '*', stratum, ratioPpm, minimum });

async function approve(username: string, id: number, headers: Record<string, string> = {}) {
  const person = await town.signedIn(username);
  return person.call('approveAmendment', { params: { code, id }, body: { note: '同意' }, headers });
}

async function listed(username: string): Promise<Amendment[]> {
  const person = await town.signedIn(username);
  return (await person.get<{ rows: Amendment[] }>('listAmendments', { params: { code } })).rows;
}

const membersOf = (visit: VisitToMake | undefined, department = 'WJW') =>
  (visit?.inspectors ?? []).filter((one) => one.department === department).map((one) => one.code);

/** Somebody of the health office, with the places of their visits in the list. */
async function someInspector(besides: readonly string[] = []) {
  const visits = await visitsOf(town, code);
  const inspector = visits.flatMap((visit) => membersOf(visit)).find((one) => !besides.includes(one));
  if (inspector === undefined) throw new Error('nobody is assigned');
  const own = visits.flatMap((visit, at) => (membersOf(visit).includes(inspector) ? [at + 1] : []));
  return { inspector, own };
}

const record = () => readPublicRecord(town.url, code);

chapter('before the draw there is nothing to change', async () => {
  code = await approvedCampaign(town);
  await refusedRequest('lead', replacement('WJW-0001'), {
    status: 409,
    type: 'campaign-stage',
    says: /任务当前为“已批准”，不能变更抽取结果；只有处于“已抽取”或“已派发”或“检查中”时可以/,
  });
  await refused(
    'approver',
    'approveAmendment',
    { params: { id: 4_000_000 }, body: {} },
    { status: 404, type: 'amendment-not-found', says: '没有编号为 4000000 的变更申请' },
  );
});

chapter('a request that could never be carried out is refused where its mistake is', async () => {
  code = await drawnCampaign(town, { visitFrom: today, visitTo: shift(today, 30) });
  await (await town.signedIn('lead')).get('dispatchCampaign', { params: { code } });
  expect(await record()).toEqual([]);
  const { inspector, own } = await someInspector();

  const noReason = { status: 422, type: 'invalid-request', field: 'reason' };
  await refusedRequest('lead', { ...replacement(inspector), reason: '病假' }, { ...noReason, says: /理由/ });
  await refusedRequest(
    'lead',
    { ...supplement(more('A', 300_000)), reason: '   ' },
    { ...noReason, says: /理由/ },
  );
  await refused(
    'lead',
    'requestAmendment',
    { body: replacement(inspector) },
    { ...noReason, says: /[\u4e00-\u9fff]/ },
  );

  const nothing = { status: 422, type: 'nothing-to-replace' };
  await refusedRequest('lead', replacement('WJW-9999'), {
    ...nothing,
    field: 'inspector',
    says: /WJW-9999 在本任务中没有尚未录入结果的检查/,
  });
  await refusedRequest('lead', replacement(inspector, [own[0] ?? 0, 999]), {
    ...nothing,
    field: 'visits',
    says: new RegExp(`${inspector} 不在这些检查中，或结果已录入：999`),
  });
  await refusedRequest('lead', replacement(inspector, []), {
    status: 422,
    type: 'invalid-request',
    field: 'visits',
    says: /[\u4e00-\u9fff]/,
  });
  await refusedRequest('xfj-liaison', replacement(inspector), {
    status: 403,
    type: 'other-department',
    says: /由其所在部门的联络员申请替换/,
  });
  await refusedRequest('scjg-0001', replacement(inspector), {
    status: 403,
    type: 'wrong-role',
    says: /[\u4e00-\u9fff]/,
  });

  const bad = { status: 422, type: 'bad-supplement', field: 'strata.0' };
  await refusedRequest('lead', supplement(more('A', 50_000)), {
    ...bad,
    says: /补充抽取只能提高：A 类现为 10 %、至少 1 户/,
  });
  await refusedRequest('lead', supplement(more('A', 300_000, 0)), { ...bad, says: /至少 1 户/ });
  await refusedRequest('lead', supplement({ ...more('A', 300_000), item: 'WJW-001' }), {
    ...bad,
    says: /没有分层“WJW-001 A 类”/,
  });
  await refusedRequest('lead', supplement(more('A', 100_000)), {
    status: 409,
    type: 'nothing-to-add',
    says: /不会多抽一户/,
  });
  await refusedRequest('lead', supplement(), {
    status: 422,
    type: 'invalid-request',
    field: 'strata',
    says: /至少提高一个分层的比例/,
  });
  await refusedRequest('wjw-liaison', supplement(more('A', 300_000)), {
    status: 403,
    type: 'not-lead',
    says: /补充抽取由牵头部门申请/,
  });
});

chapter('whoever asked decides nothing, nor does who has no say in the campaign', async () => {
  const { inspector } = await someInspector();
  const asked = await ask('lead', replacement(inspector), { 'idempotency-key': 'asked-once' });
  expect(asked).toMatchObject({ status: 'requested', label: '替换检查人员', mayDecide: false });
  const again = await ask('lead', replacement(inspector), { 'idempotency-key': 'asked-once' });
  expect(again.id).toBe(asked.id);
  expect(await town.db('amendments').count()).toEqual([{ count: 1 }]);
  expect(await town.db('notices').where({ kind: 'amendment-requested' }).pluck('recipient_id')).toEqual([
    town.city.users['scjg-head'],
  ]);

  const { id } = asked;
  // Somebody who leads and may approve for the same department.
  const grant = {
    user_id: town.city.users['lead'],
    role: 'approver',
    department_code: 'SCJG',
    region_code: '691100',
  };
  await town.db('user_roles').insert(grant);
  const own = { status: 403, type: 'own-submission', says: /申请人不能处理自己的申请，请由另一人/ };
  await refused('lead', 'approveAmendment', { params: { id }, body: {} }, own);
  await refused('lead', 'refuseAmendment', { params: { id }, body: { note: '算了' } }, own);
  expect((await listed('lead'))[0]).toMatchObject({ id, mayDecide: false });
  await town.db('user_roles').where(grant).delete();

  await refused(
    'wjw-liaison',
    'approveAmendment',
    { params: { id }, body: {} },
    { status: 403, type: 'wrong-role', says: /[\u4e00-\u9fff]/ },
  );
  await refused(
    'wjw-head',
    'approveAmendment',
    { params: { id }, body: {} },
    { status: 403, type: 'not-your-campaign', says: /由牵头部门负责人或领导小组批准/ },
  );
  await refused(
    'approver',
    'refuseAmendment',
    { params: { id }, body: { note: ' ' } },
    { status: 422, type: 'invalid-request', field: 'note', says: /理由/ },
  );
  expect(await record()).toEqual([]);
});

chapter(
  'two who approve at once carry it out once; the repeated approval gets its answer again',
  async () => {
    const [asked] = await listed('scjg-head');
    expect(asked).toMatchObject({ status: 'requested', mayDecide: true });
    const id = asked?.id ?? 0;
    const { inspector, own } = await someInspector();
    const answers = await Promise.all([
      approve('scjg-head', id, { 'idempotency-key': 'head' }),
      approve('approver', id, { 'idempotency-key': 'group' }),
    ]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(answers.find((one) => one.status === 409)?.body).toMatchObject({
      type: 'amendment-decided',
      detail: expect.stringMatching(/已由 (scjg-head|approver) 批准并执行/) as unknown,
    });

    const headWon = answers[0].status === 200;
    const before = await state();
    const again = await approve(headWon ? 'scjg-head' : 'approver', id, {
      'idempotency-key': headWon ? 'head' : 'group',
    });
    expect(again).toMatchObject({ status: 200, body: answers[headWon ? 0 : 1].body as object });
    expect(await state()).toEqual(before);

    const [entry, ...others] = await record();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: 'replacement', inspector, scope: 'all', reason: REASON });
    expect(entry?.kind === 'replacement' && entry.changes.map((one) => one.visit)).toEqual(own);
    for (const visit of await visitsOf(town, code)) {
      expect(membersOf(visit)).not.toContain(inspector);
      expect(membersOf(visit)).toHaveLength(2);
    }
    expect((await listed('lead'))[0]).toMatchObject({
      status: 'approved',
      note: '同意',
      decidedBy: headWon ? 'scjg-head' : 'approver',
      outcome: `${own.length} 次检查的人员已按序号递补。`,
    });
    const told = await town.db('notices').where({ kind: 'amended' }).pluck('recipient_id');
    expect(told).toContain(town.city.users['lead']);
  },
);

chapter('a request that was refused changes nothing, and stays so', async () => {
  const [gone] = await record();
  const { inspector } = await someInspector(gone?.kind === 'replacement' ? [gone.inspector] : []);
  const { id } = await ask('wjw-liaison', replacement(inspector));
  const { teams } = await state();
  const head = await town.signedIn('scjg-head');
  const answer = await head.get<Amendment>('refuseAmendment', {
    params: { code, id },
    body: { note: '请另派车辆，不必换人' },
  });
  expect(answer).toMatchObject({ status: 'refused', note: '请另派车辆，不必换人', decidedBy: 'scjg-head' });
  expect(
    await town
      .db('notices')
      .where({ kind: 'amendment-refused' })
      .select('recipient_id', town.db.raw(`params->>'note' as note`)),
  ).toEqual([{ recipient_id: town.city.users['wjw-liaison'], note: '请另派车辆，不必换人' }]);
  expect((await state()).teams).toEqual(teams);
  expect(await record()).toHaveLength(1);

  const decided = { status: 409, type: 'amendment-decided', says: /已由 scjg-head 处理：不批准/ };
  await refused('approver', 'approveAmendment', { params: { id }, body: {} }, decided);
  await refused('approver', 'refuseAmendment', { params: { id }, body: { note: '同前' } }, decided);
});

chapter('somebody gives up the visits that are named, and keeps the others', async () => {
  const { inspector, own } = await someInspector();
  const [named = 0] = own;
  const { id } = await ask('wjw-liaison', replacement(inspector, [named]));
  expect((await approve('approver', id)).status).toBe(200);
  const entries = await record();
  expect(entries).toHaveLength(2);
  expect(entries[1]).toMatchObject({ scope: 'visits', inspector, changes: [{ visit: named }] });
  const visits = await visitsOf(town, code);
  for (const number of own) {
    const team = membersOf(visits[number - 1]);
    if (number === named) expect(team).not.toContain(inspector);
    else expect(team).toContain(inspector);
  }
});

chapter('a supplementary draw drops nothing, and everybody can follow it', async () => {
  const before = await state();
  const asked = await ask('lead', supplement(more('A', 300_000), more('B', 200_000)));
  expect(asked.label).toBe('补充抽取');
  expect((await approve('scjg-head', asked.id)).status).toBe(200);
  const after = await state();
  expect(after.drawn).toEqual(expect.arrayContaining(before.drawn));
  expect(after.visits).toEqual(expect.arrayContaining(before.visits));
  const added = after.visits.length - before.visits.length;
  // Of 15 in each stratum: A from 2 to 5, B from 2 to 3.
  expect(added).toBe(4);
  expect((await listed('lead'))[0]).toMatchObject({
    status: 'approved',
    outcome: '补充抽取 4 户，0 户增加事项。',
  });

  const entry = (await record())[2];
  if (entry?.kind !== 'supplement') throw new Error('the third line is the supplement');
  const { rows } = await town.nobody.get<{ rows: { number: number; creditCode: string }[] }>(
    'listDrawnVisits',
    { params: { code } },
  );
  expect(entry.visits.map(({ visit, code: creditCode }) => ({ number: visit, creditCode }))).toEqual(
    rows.slice(-added).map(({ number, creditCode }) => ({ number, creditCode })),
  );
  // Who is out for the rest of the campaign is not drawn again.
  const [first] = await record();
  expect(entry.assignments.map((one) => one.inspector)).not.toContain(
    first?.kind === 'replacement' ? first.inspector : '',
  );
  // The campaign's page starts the next request from what is drawn now.
  const lead = await town.signedIn('lead');
  const campaign = await lead.get<{
    ceremony: { strata: { stratum: string; ratioPpm: number; sample: number }[] };
  }>('readCampaign', { params: { code } });
  expect(campaign.ceremony.strata).toMatchObject([
    { stratum: 'A', ratioPpm: 300_000, sample: 5 },
    { stratum: 'B', ratioPpm: 200_000, sample: 3 },
    { stratum: 'C', ratioPpm: 100_000, sample: 2 },
    { stratum: 'D', ratioPpm: 100_000, sample: 2 },
  ]);
  const report = await town.nobody.get<{
    lines: { sample: number; drawn: number; met: boolean }[];
    visits: number;
    saved: number;
  }>('readMergingReport', { params: { code } });
  expect(report.lines.map(({ sample, drawn, met }) => [sample, drawn, met])).toEqual(
    [5, 3, 2, 2].map((sample) => [sample, sample, true]),
  );
  // What the departments would have drawn apart is of the same ratios.
  expect(report).toMatchObject({ visits: after.visits.length });
  expect(report.saved).toBeGreaterThan(0);
  await refusedRequest('lead', supplement(more('A', 200_000)), {
    status: 422,
    type: 'bad-supplement',
    field: 'strata.0',
    says: /A 类现为 30 %/,
  });
});

chapter('once results are published nothing is drawn on, whenever it was asked for', async () => {
  const waiting = await ask('lead', supplement(more('C', 300_000)));
  const [visit] = await visitsOf(town, code);
  if (!visit) throw new Error('nothing was drawn');
  for (const department of new Set(visit.items.map((one) => one.department.code))) {
    const [member = ''] = membersOf(visit, department);
    await (
      await town.signedIn(member.toLowerCase())
    ).get('submitResults', {
      params: { id: visit.id },
      body: {
        visitOn: today,
        results: visit.items
          .filter((one) => one.department.code === department)
          .map((one) => ({ item: one.item.code, resultCode: 1 })),
      },
    });
  }
  const lead = await town.signedIn('lead');
  await lead.get('publishCampaign', { params: { code } });
  const published = { status: 409, type: 'already-published', says: /已有结果公示，不能再补充抽取/ };
  await refused('approver', 'approveAmendment', { params: { id: waiting.id }, body: {} }, published);
  await refusedRequest('lead', supplement(more('D', 300_000)), published);
  // Whose results are in stays; the others of the team can still be replaced.
  const { inspector } = await someInspector();
  await refusedRequest('lead', replacement(inspector, [1]), {
    status: 422,
    type: 'nothing-to-replace',
    field: 'visits',
    says: /或结果已录入：1/,
  });
  expect(await record()).toHaveLength(3);
});
