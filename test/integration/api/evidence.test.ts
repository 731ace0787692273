import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { dayOf } from '../../../domain/deadlines/working-days';
import { sweepEvidence } from '../../../evidence/sweep';
import { campaignDriver } from '../../support/drive-campaign';
import { evidenceFile, png } from '../../support/evidence';
import { fullDisk } from '../../support/full-disk';
import { runActivities } from '../../support/run-activities';
import { until } from '../../support/until';
import { startTestApi, type Caller, type TestApi } from './support';

const ITEM = 'XFJ-001';
const FORM = [
  {
    title: '现场',
    questions: [
      { key: 'front', text: '门头照片', type: 'photo', min: 1, max: 2 },
      { key: 'inside', text: '现场照片', type: 'photo' },
    ],
  },
];

let api: TestApi;
/** One of the two inspectors of the fire department: both go to each of its visits. */
let inspector: Caller;
let colleague: Caller;
let visits: number[];

beforeAll(async () => {
  api = await startTestApi({}, undefined, undefined, { fileBytes: 200_000, visitBytes: 450_000 });
  const { db, city } = api;
  await db('check_forms')
    .where({ item_code: ITEM })
    .update({ sections: JSON.stringify(FORM) });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 900_000, minimum: 1 }));
  const code = await campaignAt('dispatched', { strata });
  // The first results of all are told to the campaign's workflow, which is out of reach here.
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
  inspector = await api.signedIn('xfj-0001');
  colleague = await api.signedIn('xfj-0002');
  const page = await inspector.get<{ rows: { id: number }[] }>('listVisits', {
    query: { mine: 'true', limit: 100 },
  });
  visits = page.rows.map((row) => row.id);
  if (visits.length < 12) throw new Error('too few visits for these tests');
});

afterAll(() => api.stop());

/** A visit that no other test has touched. */
const newVisit = (): number => {
  const id = visits.pop();
  if (id === undefined) throw new Error('no visit is left');
  return id;
};

const upload = (visit: number, body: Buffer, more: Record<string, string> = {}) => ({
  params: { id: visit },
  query: { item: ITEM, question: 'front', fileName: '门头.jpg', ...more },
  body,
});

interface Kept {
  id: number;
  sha256: string;
  mayRemove: boolean;
  fileName: string;
}

const add = (who: Caller, visit: number, body: Buffer, more?: Record<string, string>) =>
  who.get<Kept>('addEvidence', upload(visit, body, more));

const filesOf = (visit: number): string[] => {
  const folder = path.join(api.evidence.folder, String(visit));
  return existsSync(folder) ? readdirSync(folder) : [];
};
const incoming = (): string[] => readdirSync(path.join(api.evidence.folder, '.incoming'));
const seenBy = async (who: Caller, visit: number): Promise<Kept[]> =>
  (await who.get<{ evidence: Kept[] }>('readVisit', { params: { id: visit } })).evidence;

test('what an inspector uploads is kept with hash and size, and read back as it was, each time on record', async () => {
  const visit = newVisit();
  const photo = evidenceFile('with-location.jpg');
  const kept = await add(inspector, visit, photo);
  expect(kept).toMatchObject({ size: photo.length, type: 'jpeg', isPhoto: true, mayRemove: true });
  expect(await seenBy(inspector, visit)).toEqual([kept]);
  expect(filesOf(visit)).toHaveLength(1);
  expect(incoming()).toEqual([]);

  const params = { id: visit, evidence: kept.id };
  const response = await fetch(`${api.url}/api/v1/visits/${visit}/evidence/${kept.id}`, {
    headers: { cookie: inspector.cookie ?? '' },
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(photo.length),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('门头.jpg')}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'repr-digest': `sha-256=:${Buffer.from(kept.sha256, 'hex').toString('base64')}:`,
  });
  await (await api.signedIn('lead')).get('readEvidence', { params });
  const audit = await api
    .db('audit_log')
    .where('subject', `visit/${visit}`)
    .where('action', 'like', 'evidence.%')
    .orderBy('seq')
    .select('action', 'actor_id', 'after');
  expect(audit).toMatchObject([
    { action: 'evidence.add', actor_id: api.city.users['xfj-0001'], after: { sha256: kept.sha256 } },
    { action: 'evidence.read', actor_id: api.city.users['xfj-0001'] },
    { action: 'evidence.read', actor_id: api.city.users['lead'], after: { evidence: kept.id } },
  ]);
});

test.each<[string, Buffer, Record<string, string>, object]>([
  [
    'a page named as a photo',
    Buffer.from('<html><script>alert(1)</script>'.padEnd(500)),
    {},
    { status: 415, type: 'evidence-type' },
  ],
  [
    'a drawing with a script',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(500)),
    {},
    { status: 415, type: 'evidence-type' },
  ],
  ['an empty file', Buffer.alloc(0), {}, { status: 415, type: 'evidence-empty' }],
  ['three bytes', Buffer.from([0xff, 0xd8, 0xff]), {}, { status: 415, type: 'evidence-truncated' }],
  [
    'half a photo',
    evidenceFile('photo.jpg').subarray(0, 700),
    {},
    { status: 415, type: 'evidence-truncated' },
  ],
  [
    'half a film',
    evidenceFile('film.mp4').subarray(0, 900),
    { question: 'inside' },
    { status: 415, type: 'evidence-truncated' },
  ],
  [
    'a file that is too large',
    Buffer.concat([png(1), Buffer.alloc(200_000)]),
    {},
    { status: 413, type: 'evidence-too-large' },
  ],
  ['a film where a photo is asked for', evidenceFile('film.mp4'), {}, { status: 415, type: 'photo-needed' }],
  ['a photo for no question', png(1), { question: 'nothing' }, { status: 422, type: 'no-photo-question' }],
  [
    'a photo for another department’s item',
    png(1),
    { item: 'SCJG-001' },
    { status: 422, type: 'not-in-visit' },
  ],
])('%s is refused, and nothing of it stays', async (_, body, more, answer) => {
  const visit = visits[0] ?? 0;
  expect(await inspector.refused('addEvidence', upload(visit, body, more))).toMatchObject(answer);
  expect(filesOf(visit)).toEqual([]);
  expect(incoming()).toEqual([]);
  expect(await api.db('evidence').where({ visit_id: visit })).toEqual([]);
});

test('a file that does not say how large it is, is refused when it becomes too large; the answer arrives', async () => {
  const visit = visits[0] ?? 0;
  const pieces = [png(1), randomBytes(150_000), randomBytes(150_000), randomBytes(900_000)];
  const response = await fetch(`${api.url}/api/v1/visits/${visit}/evidence?item=${ITEM}&fileName=a.png`, {
    method: 'POST',
    headers: { cookie: inspector.cookie ?? '', 'content-type': 'application/octet-stream' },
    body: new ReadableStream({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    }),
    duplex: 'half',
  });
  expect([response.status, await response.json()]).toMatchObject([413, { type: 'evidence-too-large' }]);
  expect(incoming()).toEqual([]);
});

test('an upload that breaks off leaves nothing', async () => {
  const visit = visits[0] ?? 0;
  const sent = httpRequest(`${api.url}/api/v1/visits/${visit}/evidence?item=${ITEM}&fileName=a.png`, {
    method: 'POST',
    headers: {
      cookie: inspector.cookie ?? '',
      'content-type': 'application/octet-stream',
      'content-length': 100_000,
    },
  });
  sent.write(png(1));
  await until(
    () => Promise.resolve(incoming().length),
    (count) => count === 1,
  );
  sent.once('error', () => undefined).destroy();
  await until(
    () => Promise.resolve(incoming().length),
    (count) => count === 0,
  );
  expect(await api.db('evidence').where({ visit_id: visit })).toEqual([]);
});

test('the same file given by two at once is kept once; for two questions it lies there once', async () => {
  const visit = newVisit();
  const body = png(300);
  const both = await Promise.all([add(inspector, visit, body), add(colleague, visit, body)]);
  expect(both[0].id).toBe(both[1].id);
  const inside = await add(colleague, visit, body, { question: 'inside' });
  expect(inside.id).not.toBe(both[0].id);
  expect(filesOf(visit)).toHaveLength(1);
  expect(await seenBy(inspector, visit)).toHaveLength(2);
});

test('two different ones at once are both kept, and no more than the question takes', async () => {
  const visit = newVisit();
  await Promise.all([add(inspector, visit, png(1)), add(colleague, visit, png(2))]);
  expect(await inspector.refused('addEvidence', upload(visit, png(3)))).toMatchObject({
    status: 409,
    type: 'too-many-photos',
    detail: '这项内容最多 2 张照片：请先撤回不需要的。',
  });
  expect(filesOf(visit)).toHaveLength(2);
});

test('a visit takes no more than its share', async () => {
  const visit = newVisit();
  const large = (name: number) => Buffer.concat([evidenceFile('photo.jpg'), Buffer.alloc(190_000, name)]);
  const [one] = [await add(inspector, visit, large(1)), await add(inspector, visit, large(2))];
  const refused = await inspector.refused('addEvidence', upload(visit, large(3), { question: 'inside' }));
  expect(refused).toMatchObject({ status: 413, type: 'evidence-visit-full' });
  expect(filesOf(visit)).toHaveLength(2);
  await inspector.get('removeEvidence', { params: { id: visit, evidence: one.id } });
  await add(inspector, visit, large(3), { question: 'inside' });
});

test('one takes back what one uploaded: the file is erased, and on record', async () => {
  const visit = newVisit();
  const kept = await add(inspector, visit, png(40));
  const elsewhere = await add(inspector, visit, png(40), { question: 'inside' });
  const params = { id: visit, evidence: kept.id };
  expect(await colleague.refused('removeEvidence', { params })).toMatchObject({
    status: 403,
    type: 'foreign-evidence',
  });
  await inspector.get('removeEvidence', { params });
  // The other question still stands on the file.
  expect(filesOf(visit)).toHaveLength(1);
  await inspector.get('removeEvidence', { params: { id: visit, evidence: elsewhere.id } });
  await until(
    () => Promise.resolve(filesOf(visit).length),
    (count) => count === 0,
  );
  expect(await seenBy(inspector, visit)).toEqual([]);
  expect(await inspector.refused('readEvidence', { params })).toMatchObject({ status: 404 });
  expect(
    await api
      .db('audit_log')
      .where({ subject: `visit/${visit}`, action: 'evidence.remove' })
      .orderBy('seq')
      .select('before'),
  ).toMatchObject([{ before: { evidence: kept.id, sha256: kept.sha256 } }, {}]);
  // Taken again by the camera, it is evidence again.
  expect((await add(inspector, visit, png(40))).id).not.toBe(kept.id);
});

test('it is for those concerned: the team, its liaison, the lead and who decides; nobody else', async () => {
  const visit = newVisit();
  const kept = await add(inspector, visit, png(50));
  const params = { id: visit, evidence: kept.id };
  for (const username of ['xfj-0002', 'xfj-liaison', 'lead', 'scjg-head', 'approver', 'coordinator']) {
    const { status } = await (await api.signedIn(username)).call('readEvidence', { params });
    expect([username, status]).toEqual([username, 200]);
  }
  for (const username of ['wjw-liaison', 'supervisor', 'credit', 'admin', 'registrar']) {
    const problem = await (await api.signedIn(username)).refused('readEvidence', { params });
    expect([username, problem.status, problem.type]).toEqual([username, 404, 'evidence-not-found']);
  }
  // Oversight sees the visit, and not what was photographed there.
  expect(await seenBy(await api.signedIn('supervisor'), visit)).toEqual([]);
  expect(await api.nobody.refused('readEvidence', { params })).toMatchObject({ status: 401 });
  const elsewhere = await (await api.signedIn('wjw-liaison')).refused('addEvidence', upload(visit, png(51)));
  expect(['visit-not-found', 'not-in-visit']).toContain(elsewhere.type);
});

test('another visit’s evidence can’t be read or referred to; what was handed in is fixed', async () => {
  const [visit, other] = [newVisit(), newVisit()];
  const [own, foreign] = [await add(inspector, visit, png(60)), await add(inspector, other, png(61))];
  expect(
    await inspector.refused('readEvidence', { params: { id: visit, evidence: foreign.id } }),
  ).toMatchObject({ status: 404 });
  const results = (answers: object, resultCode = 1) => ({
    params: { id: visit },
    body: { visitOn: dayOf(api.clock.now), results: [{ item: ITEM, resultCode, answers }] },
  });
  for (const [answers, message] of [
    [{ front: [foreign.id] }, '“门头照片”引用的照片不存在、已撤回或不属于这项内容，请刷新页面后重新上传。'],
    [{ inside: [own.id] }, '“现场照片”引用的照片不存在、已撤回或不属于这项内容，请刷新页面后重新上传。'],
    [{}, '“门头照片”至少须有 1 张照片，现有 0 张。'],
  ] as const) {
    const problem = await inspector.refused('submitResults', results(answers));
    expect(problem).toMatchObject({ status: 422, type: 'bad-answer' });
    expect(problem.fields?.map((one) => one.message)).toContain(message);
  }
  await inspector.get('submitResults', results({ front: [own.id] }));
  expect(await inspector.refused('addEvidence', upload(visit, png(62)))).toMatchObject({
    status: 409,
    type: 'result-submitted',
  });
  expect(
    await inspector.refused('removeEvidence', { params: { id: visit, evidence: own.id } }),
  ).toMatchObject({ status: 409, type: 'result-submitted' });
  expect((await seenBy(inspector, visit)).map((one) => one.mayRemove)).toEqual([false]);
  // Nobody was there: no photo can be demanded.
  await inspector.get('submitResults', { ...results({}, 7), params: { id: other } });
});

test('a full disk is told as what it is, and nothing is left', async () => {
  const visit = newVisit();
  const disk = fullDisk(api.evidence.folder);
  const before = { ...api.evidence };
  Object.assign(api.evidence, { store: disk.store });
  try {
    const body = Buffer.concat([evidenceFile('photo.jpg'), randomBytes(100_000)]);
    const refused = await inspector.refused('addEvidence', upload(visit, body));
    expect(refused).toMatchObject({ status: 507, type: 'evidence-no-space', title: '存储空间不足' });
    expect(readdirSync(disk.store.incoming)).toEqual([]);
    expect(await api.db('evidence').where({ visit_id: visit })).toEqual([]);
  } finally {
    Object.assign(api.evidence, before);
    disk.remove();
  }
  await add(inspector, visit, png(70));
});

test('a file that is gone from the store is told, and not as nothing', async () => {
  const visit = newVisit();
  const kept = await add(inspector, visit, png(80));
  const { object_key: key } = (await api.db('evidence').where({ id: kept.id }).first()) as {
    object_key: string;
  };
  await api.evidence.store.remove(key);
  expect(await inspector.refused('readEvidence', { params: { id: visit, evidence: kept.id } })).toMatchObject(
    {
      status: 503,
      type: 'evidence-file-missing',
    },
  );
});

test('what a killed process left is swept after a day; what is needed or on its way stays', async () => {
  const visit = newVisit();
  await add(inspector, visit, png(90));
  const [needed = ''] = filesOf(visit);
  const folder = path.join(api.evidence.folder, String(visit));
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  for (const name of ['left', 'on-its-way']) writeFileSync(path.join(folder, name), 'x');
  for (const name of ['left', needed]) utimesSync(path.join(folder, name), twoDaysAgo, twoDaysAgo);
  writeFileSync(path.join(api.evidence.store.incoming, 'half'), 'x');
  utimesSync(path.join(api.evidence.store.incoming, 'half'), twoDaysAgo, twoDaysAgo);
  expect(await sweepEvidence(api.db, api.evidence.store)).toBe(1);
  expect(filesOf(visit).sort()).toEqual([needed, 'on-its-way'].sort());
  expect(incoming()).toEqual([]);
});
