/** Personal data goes when its period ends, or when its person asks; draws, publications and the audit log stay whole. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { eraseAllDue } from '../../../activities/retention';
import { disclosePerson, forgetPerson } from '../../../activities/person-requests';
import { readBundle, readChunks } from '../../../db/archives';
import { countDue, ERASURE_RULES } from '../../../db/retention';
import { PERIODS } from '../../../domain/privacy/periods';
import { verifyBundle } from '../../../server/verify/verify-bundle';
import { expectAuditIntact } from '../../support/audit-chain';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from '../api/support';

const DAY_MS = 86_400_000;
const BEGAN = new Date('2026-04-01T02:00:00Z');
const after = (days: number) => new Date(BEGAN.getTime() + days * DAY_MS);

const CONTACT = '王小明';
const PHONE = '13891234567';
const MAIL = 'gone@yunxi.invalid';

let api: TestApi;
let campaign: { id: number; code: string };
let visit: number;

beforeAll(async () => {
  api = await startTestApi();
  api.clock.now = BEGAN;
  const { db, city, clock } = api;
  const { as, campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  const code = await campaignAt('dispatched', { visitFrom: '2026-04-01', visitTo: '2026-04-30' });
  await handInResults(db, code, BEGAN);
  await as('lead', code, 'publish');
  await as('lead', code, 'close');
  campaign = { code, ...(await db('campaigns').where({ code }).first<{ id: number }>('id')) };
  const [first] = await db('visits').where({ campaign_id: campaign.id }).orderBy('id').pluck<number[]>('id');
  visit = first ?? 0;
  await plantDue();
});

afterAll(() => api.stop());

/** One row of each set that the rules erase, all of the day on which it began. */
async function plantDue(): Promise<void> {
  const { db, city } = api;
  const user = city.users['credit'] ?? 0;
  const at = BEGAN;
  await db('users').where({ id: user }).update({ disabled_at: at, email: MAIL });
  await db('sessions').insert({ token_hash: 'h', user_id: user, expires_at: at });
  await db('sign_in_challenges').insert({ token_hash: 'h', user_id: user, way: 'password', expires_at: at });
  await db('provider_sign_ins').insert({
    ...{ token_hash: 'h', purpose: 'sign-in', state: 's', nonce: 'n', verifier: 'v', return_to: '/' },
    expires_at: at,
  });
  await db('login_failures').insert({ username: 'credit', at, address: '192.0.2.7' });
  await db('sign_in_places').insert({ user_id: user, kind: 'address', value: '192.0.2.7', last_at: at });
  await db('idempotency_keys').insert({ user_id: user, key: 'k', request_hash: 'h', created_at: at });
  await db('calendar_feeds').insert({ user_id: user, token_hash: 'f', created_at: at });
  await db('mails').insert({
    ...{ message_id: '<m@onevisit.invalid>', recipient_id: user, recipient_email: MAIL, status: 'sent' },
    ...{ subject: '到期提醒', body_text: `${CONTACT}，您好`, body_html: '<p>', created_at: at, sent_at: at },
  });
  const [item] = await db('visit_items').where({ visit_id: visit }).pluck<string[]>('item_code');
  await db('result_drafts').insert({
    ...{ visit_id: visit, item_code: item, revision: 1, saved_by: user, saved_at: at },
    content: JSON.stringify({ opinion: CONTACT }),
  });
  await db('plan_drafts').insert({
    ...{ user_id: user, step: 0, saved_at: at },
    content: JSON.stringify({ name: CONTACT }),
  });
  const [run] = await db('imports')
    .insert({
      ...{ kind: 'entities', mode: 'changes', dry_run: true, file_name: 'a.csv', status: 'done' },
      ...{ started_at: at, finished_at: at },
    })
    .returning<{ id: number }[]>('id');
  await db('import_refusals').insert({
    ...{ import_id: run?.id, row_number: 2, column_name: '电话', value: PHONE, reason: 'bad', message: '' },
    cells: JSON.stringify([PHONE]),
  });
  await db('import_files').insert({ import_id: run?.id, number: 1, bytes: Buffer.from(PHONE) });
  await db('objections').insert({
    ...{ visit_id: visit, item_code: item, result_code: 1, reason: '不服', contact: CONTACT, asked_at: at },
    ...{ status: 'rejected', decided_by: user, decided_at: at, note: '维持' },
  });
  await db('visit_ratings').insert({ visit_id: visit, stars: 4, remark: CONTACT, rated_at: at });
  await db('visit_codes').insert({
    ...{ token_hash: 'c', visit_id: visit, purpose: 'on-site', issued_by: user },
    ...{ issued_at: at, expires_at: at },
  });
  await db('delegations').insert({
    ...{ user_id: user, delegate_id: city.users['lead'], department_code: 'FGW', reason: '住院手术' },
    ...{ from_day: '2026-03-01', until_day: '2026-03-20', created_by: user, created_at: at },
  });
  await db('tag_rule_saves').insert({
    ...{ tag: 'x', label: 'x', any_of: ['x'], none_of: [], not_with: [], active: true, reason: 'x' },
    ...{ ordered_by: user, ordered_at: at, address: '192.0.2.7', status: 'failed', failure: 'x' },
    finished_at: at,
  });
  await db('inspectors')
    .where({ code: 'XFJ-0002' })
    .update({ status: 'left', phone: PHONE, email: MAIL, updated_at: at });
  const inspector = db('inspectors').where({ code: 'XFJ-0002' }).select('id');
  await db('inspector_versions').insert({
    ...{ inspector_id: inspector, valid_from: at, state: JSON.stringify({ phone: PHONE, email: MAIL }) },
  });
  const [gone] = await db('entities').orderBy('id', 'desc').limit(1).pluck<number[]>('id');
  await db('entities')
    .where({ id: gone })
    .update({ contact_name: CONTACT, contact_phone: PHONE, ended_at: at });
  const state = JSON.stringify({ name: '某店', contact_name: CONTACT, contact_phone: PHONE });
  await db('entity_versions').insert({ entity_id: gone, valid_from: at, state });
}

const bundleSum = async (): Promise<string> => {
  const stored = await readBundle(api.db, campaign.id);
  if (!stored) throw new Error('the campaign has no bundle');
  const bytes = await buffer(readChunks(api.db, stored));
  const { ok } = await verifyBundle(bytes);
  expect(ok).toBe(true);
  return createHash('sha256').update(bytes).digest('hex');
};

/** What anybody reads of the campaign, byte by byte. */
const publicAnswers = async (): Promise<string[]> => {
  const params = { code: campaign.code };
  const calls = [
    ['readPublicCampaign', { params }],
    ['listPublishedResults', { params, query: { limit: 200 } }],
    ['downloadResults', { params }],
    ['listDrawnVisits', { params, query: { limit: 200 } }],
    ['downloadRecord', { params }],
    ['readCeremony', { params: { ...params, number: 1 } }],
  ] as const;
  const texts: string[] = [];
  for (const [id, sent] of calls) {
    const { status, body } = await api.nobody.call(id, sent);
    expect(`${id} ${status}`).toBe(`${id} 200`);
    texts.push(typeof body === 'string' ? body : JSON.stringify(body));
  }
  return texts;
};

test('what is due is counted, set by set, and not a day before its period ends', async () => {
  const counts = async (days: number) => Object.fromEntries(await countDue(api.db, after(days)));
  const atOnce = await counts(0.01);
  for (const { name, period } of ERASURE_RULES) {
    const { days } = PERIODS[period];
    const due = (await counts((days ?? 0) + 0.01))[name] ?? 0;
    expect(`${name}: ${due > 0 ? 'due' : 'not due'}`).toBe(`${name}: due`);
    // The leave was over some days before.
    if ((days ?? 0) > 0 && name !== 'leaves') {
      expect(`${name}: ${(await counts((days ?? 0) - 0.01))[name] ?? 0}`).toBe(`${name}: 0`);
      expect(atOnce[name]).toBe(0);
    }
  }
});

test('after all of it was erased, the draw and what is public are the same, byte by byte, and the audit log is whole', async () => {
  const before = { bundle: await bundleSum(), answers: await publicAnswers() };
  const planned = Object.fromEntries([...(await countDue(api.db, after(800)))].filter(([, n]) => n > 0));
  const erased = await eraseAllDue(api.db, after(800));
  expect(erased).toEqual(planned);
  expect(Object.keys(erased).sort()).toEqual(ERASURE_RULES.map(({ name }) => name).sort());
  expect(await eraseAllDue(api.db, after(800))).toEqual({});

  for (const table of ['mails', 'entities', 'entity_versions', 'inspectors', 'inspector_versions', 'users']) {
    expect(JSON.stringify(await api.db(table))).not.toMatch(/王小明|13891234567|gone@yunxi/);
  }
  for (const table of ['objections', 'visit_ratings', 'import_refusals', 'import_files', 'delegations']) {
    expect(JSON.stringify(await api.db(table))).not.toMatch(/王小明|13891234567|住院/);
  }
  expect({ bundle: await bundleSum(), answers: await publicAnswers() }).toEqual(before);
  await expectAuditIntact(api.db);
  // How much, never of whom.
  const entry = await api.db('audit_log').where({ action: 'retention.erase' }).first<object>('after');
  expect(entry).toEqual({ after: erased });
});

test('who asks is told all that is stored, with how long it stays; it is on record', async () => {
  const { held } = await disclosePerson(api.db, 'official', 'lead', '本人申请查阅');
  const own = held.find((one) => one.table === 'users');
  expect(own?.values).toMatchObject([{ username: 'lead', email: 'lead@yunxi.invalid' }]);
  expect(JSON.stringify(held)).not.toContain('argon2');
  // What the person did stands in the records of campaigns, by number.
  expect(held).toContainEqual(
    expect.objectContaining({ table: 'campaigns', column: 'created_by', keep: 'records', isErasable: false }),
  );
  const audit = await api.db('audit_log').where({ action: 'personal-data.disclose' });
  expect(audit).toMatchObject([{ subject: 'user/lead', after: { reason: '本人申请查阅' } }]);
});

test('whose contacts are needed for office keeps them; who has left has them erased on request', async () => {
  const forget = (kind: 'official' | 'inspector' | 'entity', code: string) =>
    forgetPerson(api.db, kind, code, '本人申请删除');
  await expect(forget('official', 'lead')).rejects.toMatchObject({ type: 'still-in-office' });
  await expect(forget('inspector', 'WJW-0001')).rejects.toMatchObject({ type: 'still-in-office' });
  await expect(forget('official', 'nobody')).rejects.toMatchObject({ type: 'person-not-found' });

  await api.db('users').where({ username: 'lead' }).update({ disabled_at: api.clock.now });
  expect(await forget('official', 'lead')).toMatchObject({ users: 1 });
  expect(await api.db('users').where({ username: 'lead' }).first<object>('name', 'email')).toEqual({
    name: 'lead',
    email: null,
  });

  const inspector = { code: 'WJW-0001' };
  await api.db('inspectors').where(inspector).update({ status: 'left', phone: PHONE });
  expect(await forget('inspector', 'WJW-0001')).toMatchObject({ inspectors: 1 });
  expect(await api.db('inspectors').where(inspector).first<object>('phone', 'email')).toEqual({
    phone: '',
    email: null,
  });

  const [known] = await api
    .db('visits as v')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where('v.id', visit)
    .select<{ id: number; credit_code: string }[]>('e.id', 'e.credit_code');
  await api.db('entities').where({ id: known?.id }).update({ contact_name: CONTACT, contact_phone: PHONE });
  await api.db('objections').where({ visit_id: visit }).update({ contact: CONTACT });
  expect(await forget('entity', known?.credit_code ?? '')).toEqual({ entities: 1, objections: 1 });
  expect(JSON.stringify(await api.db('entities').where({ id: known?.id }))).not.toMatch(/王小明|13891234567/);

  await bundleSum();
  await expectAuditIntact(api.db);
  expect(await api.db('audit_log').where({ action: 'personal-data.erase' }).pluck('subject')).toEqual([
    'user/lead',
    'inspector/WJW-0001',
    `entity/${known?.credit_code ?? ''}`,
  ]);
});
