/** Contacts are masked; whoever needs one has it shown, which is on record; a team has it clear on the day of its visit. */
import type { Field, Sight } from '../../../domain/privacy/fields';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

const PHONE = '13891234567';
const DAY = '2026-04-08';

let api: TestApi;
let visit: { id: number; entity: { creditCode: string } };

interface Entity {
  contactName: string;
  contactPhone: string;
  contactSight: Sight;
}

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  await db('entities').update({ contact_name: '王小明', contact_phone: PHONE });
  await db('inspectors').update({ phone: PHONE });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  // Everybody is drawn, so that each department has visits.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  const code = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-04-30' });
  const { rows } = await (
    await api.signedIn('scjg-0001')
  ).get<{ rows: (typeof visit)[] }>('listVisits', { query: { campaign: code, mine: 'true', limit: 1 } });
  const [first] = rows;
  if (!first) throw new Error('the inspector has no visit');
  visit = first;
});

afterAll(() => api.stop());

const entityAs = async (username: string): Promise<Entity> =>
  (await api.signedIn(username)).get('readEntity', { params: { creditCode: visit.entity.creditCode } });

const reveal = async (username: string, record: string, id: string | number, ...fields: Field[]) =>
  (await api.signedIn(username)).call('revealPersonalData', { body: { record, id: String(id), fields } });

const revealed = () =>
  api
    .db('audit_log as a')
    .leftJoin('users as u', 'u.id', 'a.actor_id')
    .where('a.action', 'personal-data.reveal')
    .orderBy('a.seq')
    .select<object[]>('u.username', 'a.subject', 'a.after');

test('an entity’s contact is masked to everybody, in lists, by itself and in its history', async () => {
  for (const username of ['wjw-liaison', 'lead', 'approver', 'supervisor', 'admin', 'scjg-0001']) {
    expect(await entityAs(username)).toMatchObject({ contactName: '王＊＊', contactPhone: '138****4567' });
    const caller = await api.signedIn(username);
    const list = JSON.stringify(await caller.get('listEntities', { query: { limit: 200 } }));
    const params = { creditCode: visit.entity.creditCode };
    const record = JSON.stringify(await caller.get('readEntityRecord', { params }));
    for (const text of [list, record]) {
      expect(text).toContain('138****4567');
      expect(text).not.toMatch(/王小明|13891234567/);
    }
  }
});

test('those with work to do at the entity may have it shown; it is on record first, for each who asks', async () => {
  const { creditCode } = visit.entity;
  expect((await entityAs('wjw-liaison')).contactSight).toBe('on-request');
  expect(await reveal('wjw-liaison', 'entity', creditCode, 'contactName', 'contactPhone')).toMatchObject({
    status: 200,
    body: { values: { contactName: '王小明', contactPhone: PHONE } },
  });
  // Of the team, on another day.
  expect((await entityAs('scjg-0001')).contactSight).toBe('on-request');
  expect((await reveal('scjg-0001', 'entity', creditCode, 'contactPhone')).status).toBe(200);
  expect(await revealed()).toMatchObject([
    { username: 'wjw-liaison', subject: `entity/${creditCode}` },
    { username: 'scjg-0001', after: { fields: ['contactPhone'], reason: '' } },
  ]);
});

test('who has nothing to do there is refused, learns nothing, and leaves no entry', async () => {
  const before = await revealed();
  const { creditCode } = visit.entity;
  for (const username of ['approver', 'supervisor', 'admin', 'registrar']) {
    expect((await entityAs(username)).contactSight).toBe('masked');
    const refused = await reveal(username, 'entity', creditCode, 'contactPhone');
    expect(refused).toMatchObject({ status: 403, body: { type: 'not-needed' } });
    expect(JSON.stringify(refused.body)).not.toContain(PHONE);
  }
  // A field of another record is no way around.
  expect((await reveal('approver', 'inspector', 'WJW-0001', 'contactPhone')).status).toBe(422);
  expect((await api.nobody.call('revealPersonalData', { body: {} })).status).toBe(401);
  expect(await revealed()).toEqual(before);
});

test('on the day of its visit the team has the phone without a click, and nobody else', async () => {
  await api.db('visit_days').insert({
    ...{ visit_id: visit.id, number: 1, day: DAY, part: 'day', department_code: 'SCJG' },
    ...{ proposed_by: api.city.users['scjg-0001'], proposed_at: api.clock.now, fixed_at: api.clock.now },
  });
  const contactAs = async (username: string) =>
    (
      await (
        await api.signedIn(username)
      ).get<{ contact: { phone: string; sight: Sight } }>('readVisit', { params: { id: visit.id } })
    ).contact;
  expect(await contactAs('scjg-0001')).toEqual({ name: '王＊＊', phone: '138****4567', sight: 'on-request' });
  api.clock.now = new Date(`${DAY}T01:00:00Z`);
  expect(await contactAs('scjg-0001')).toEqual({ name: '王小明', phone: PHONE, sight: 'clear' });
  expect(await contactAs('scjg-liaison')).toMatchObject({ phone: '138****4567', sight: 'on-request' });
  expect(await contactAs('supervisor')).toMatchObject({ phone: '138****4567', sight: 'masked' });
  api.clock.now = new Date('2026-04-09T01:00:00Z');
  expect(await contactAs('scjg-0001')).toMatchObject({ sight: 'on-request' });
});

test('an inspector’s contacts: clear to the person, on a click to the department and those who oversee', async () => {
  const fileAs = async (username: string) =>
    (await api.signedIn(username)).get<object>('readInspectorFile', { params: { code: 'WJW-0001' } });
  const masked = { phone: '138****4567', email: 'w***@yunxi.invalid', contactSight: 'on-request' };
  expect(await fileAs('wjw-0001')).toMatchObject({ phone: PHONE, contactSight: 'clear' });
  expect(await fileAs('wjw-liaison')).toMatchObject(masked);
  expect(await fileAs('supervisor')).toMatchObject(masked);
  expect(await reveal('supervisor', 'inspector', 'WJW-0001', 'inspectorMail', 'certificate')).toMatchObject({
    body: { values: { inspectorMail: 'wjw-0001@yunxi.invalid', certificate: 'ZF-WJW-0001' } },
  });
  for (const field of ['inspectorPhone', 'inspectorMail', 'certificate'] as const) {
    expect((await reveal('xfj-liaison', 'inspector', 'WJW-0001', field)).status).toBe(403);
  }
});

test('the number of a certificate is masked to other departments, and its start does not find it', async () => {
  const rowsAs = async (username: string, q: string) => {
    const query = { q, department: 'WJW' };
    const { rows } = await (
      await api.signedIn(username)
    ).get<{ rows: { code: string; certificateNumber: string; certificateSight: Sight }[] }>(
      'listInspectors',
      { query },
    );
    return rows.map((row) => [row.certificateNumber, row.certificateSight]);
  };
  expect(await rowsAs('wjw-liaison', 'WJW-0001')).toEqual([['ZF-WJW-0001', 'clear']]);
  expect(await rowsAs('xfj-liaison', 'WJW-0001')).toEqual([['**-***-**01', 'masked']]);
  expect(await rowsAs('xfj-liaison', 'ZF-WJW-000')).toEqual([]);
  expect(await rowsAs('xfj-liaison', 'ZF-WJW-0001')).toHaveLength(1);
});

test('an export is masked but for who asks and may see, and a masked one is not taken for the truth', async () => {
  const csvAs = async (username: string, query: Record<string, string>) =>
    String((await (await api.signedIn(username)).call('downloadInspectors', { query })).body);
  const wjw = { department: 'WJW' };
  expect(await csvAs('wjw-liaison', wjw)).not.toMatch(/13891234567|wjw-0001@|ZF-WJW/);
  expect(await csvAs('wjw-liaison', { ...wjw, personal: 'clear' })).toMatch(/ZF-WJW-0001.*13891234567/);
  expect(await csvAs('xfj-liaison', { ...wjw, personal: 'clear' })).not.toMatch(/13891234567|ZF-WJW/);
  const asked = await api.db('audit_log').where({ action: 'inspector.export' }).pluck('after');
  expect(asked).toContainEqual({ query: { department: 'WJW', personal: 'clear' } });
  const edit = await (
    await api.signedIn('wjw-liaison')
  ).refused('editInspector', {
    params: { code: 'WJW-0001' },
    body: {
      ...{ name: 'WJW-0001', departmentCode: 'WJW', certificateNumber: '**-***-**01' },
      ...{ certificateValidUntil: '2099-12-31', regions: [], qualifications: [], capacity: null },
      ...{ status: 'active', email: 'w***@yunxi.invalid', phone: '138****4567', reason: '改' },
    },
  });
  expect(edit.fields?.map(({ field }) => field).sort()).toEqual(['certificateNumber', 'email', 'phone']);
});

test('the audit log, which keeps everything, gets contacts masked', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  const params = { code: 'WJW-0001' };
  const change = (email: string, phone: string) =>
    liaison.get('editInspector', {
      params,
      body: {
        ...{ name: 'WJW-0001', departmentCode: 'WJW', certificateNumber: 'ZF-WJW-0001' },
        ...{ certificateValidUntil: '2099-12-31', regions: [], qualifications: [], capacity: null },
        ...{ status: 'active', email, phone, reason: '换号' },
      },
    });
  await change('wjw-0001@yunxi.invalid', PHONE);
  await change('other@yunxi.invalid', '13700001111');
  const entry = await api
    .db('audit_log')
    .where({ action: 'inspector.edit' })
    .orderBy('seq', 'desc')
    .first<object>('before', 'after');
  expect(entry).toMatchObject({ before: { phone: '138****4567' }, after: { phone: '137****1111' } });
  const { versions } = await liaison.get<{ versions: object[] }>('readInspectorFile', { params });
  expect(versions[0]).toMatchObject({
    changes: [
      { field: 'email', before: 'w***@yunxi.invalid', after: 'o***@yunxi.invalid' },
      { field: 'phone', before: '138****4567', after: '137****1111' },
    ],
  });
});
