/** Rules of tags as officials try them out, save them and take them back. */
import { Readable } from 'node:stream';
import { nextJob } from '../../../db/import-jobs';
import { readImport } from '../../../db/import-views';
import { lockKind } from '../../../db/imports';
import { tryTagRule } from '../../../db/tag-rule-effect';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { runJob } from '../../../imports/jobs';
import { runImport } from '../../../imports/run-import';
import { orderUndo } from '../../../imports/undo';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Version {
  tag: string;
  label: string;
  anyOf: string[];
  noneOf: string[];
  notWith: string[];
  active: boolean;
  version: number;
  by: string | null;
  reason: string;
  gained: number;
  lost: number;
}
interface Save {
  id: number;
  status: string;
  progress: number;
  version: number | null;
  gained: number | null;
  lost: number | null;
  failure: string | null;
}
interface Trial {
  matching: number;
  gaining: number;
  losing: number;
  declared: number;
  estimatedFrom: number | null;
  samples: Record<
    'matching' | 'gaining' | 'losing',
    { creditCode: string; name: string; scope: { text: string; mark: string | null }[] }[]
  >;
}

let api: TestApi;
let coordinator: Caller;

beforeEach(async () => {
  api = await startTestApi();
  coordinator = await api.signedIn('coordinator');
});
afterEach(() => api.stop());

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};
const load = (header: string, ...rows: string[]) =>
  runImport(api.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: false, fileName: 'test.csv', startedBy: null },
    stream: Readable.from([Buffer.from([header, ...rows].join('\n'))]),
  });
const HEADER = '名称,信用代码,区划代码,经营范围,标签';
const row = (number: number, name: string, scope: string, tags = '') =>
  `${name},${codeOf(number)},691101,${scope},${tags}`;
const loadFour = () =>
  load(
    HEADER,
    row(1, '甲饭店', '餐饮服务'),
    row(2, '乙商行', '餐饮服务；食材批发'),
    row(3, '丙茶室', '茶艺'),
    row(4, '丁公司', '服装', 'catering'),
  );
const tagsOf = async (): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (
      await api
        .db('entities')
        .whereLike('credit_code', '916911010%')
        .orderBy('credit_code')
        .select('name', 'tags')
    ).map(({ name, tags }: { name: string; tags: string[] }) => [name, tags]),
  );
const catering = async (): Promise<Version> => {
  const { rows } = await coordinator.get<{ rows: { rule: Version }[] }>('listTagRules');
  const found = rows.find(({ rule }) => rule.tag === 'catering');
  if (!found) throw new Error('no rule of catering');
  return found.rule;
};
const carryOut = () => runActivities(api.db).activities.carryOutTagRuleSave();
/** Ordered, and carried out as a worker does; the version that came of it. */
async function save(body: object, tag = 'catering'): Promise<Version> {
  const ordered = await coordinator.get<Save>('saveTagRule', { params: { tag }, body });
  expect(ordered).toMatchObject({ status: 'waiting', progress: 0, version: null });
  await carryOut();
  const ended = await coordinator.get<Save>('readTagRuleSave', { params: { id: ordered.id } });
  const { rows } = await coordinator.get<{ rows: Version[] }>('listTagRuleVersions', { params: { tag } });
  const [version] = rows;
  if (!version) throw new Error('no version');
  const { gained, lost } = version;
  expect(ended).toMatchObject({ status: 'done', progress: 100, version: version.version, gained, lost });
  return version;
}
const wordsOf = ({ anyOf, noneOf, notWith }: Version) => ({ anyOf, noneOf, notWith });
const params = { tag: 'catering' };
/** 餐饮 and not 批发, and tea rooms too. */
async function change(more: object = {}): Promise<object> {
  const rule = await catering();
  return {
    ...{ label: rule.label, ...wordsOf(rule), anyOf: [...rule.anyOf, '茶艺'], notWith: ['批发'] },
    ...{ reason: '批发不算餐饮', basedOn: rule.version, ...more },
  };
}
/** The town's own entities have tags that no scope gives and no file declared. */
const declareTown = () =>
  api
    .db('entities')
    .whereRaw(`credit_code not like '916911010%'`)
    .update({ declared_tags: api.db.ref('tags') });

test('a rule is tried out with numbers and marked samples, and nothing is written', async () => {
  await loadFour();
  await declareTown();
  const rule = await catering();
  const before = await tagsOf();
  const trial = await coordinator.get<Trial>('tryTagRule', {
    body: { tag: 'catering', ...wordsOf(rule), anyOf: [...rule.anyOf, ' 茶艺 '], notWith: ['批发'] },
  });
  const declared = await api.db('entities').whereRaw(`'catering' = any(declared_tags)`);
  expect(trial).toMatchObject({ matching: 2, gaining: 1, losing: 1, declared: declared.length });
  expect(trial.samples.gaining).toEqual([
    { creditCode: codeOf(3), name: '丙茶室', scope: [{ text: '茶艺', mark: 'gives' }] },
  ]);
  expect(trial.samples.losing).toMatchObject([
    {
      name: '乙商行',
      scope: [
        { text: '餐饮', mark: 'gives' },
        { text: '服务;食材', mark: null },
        { text: '批发', mark: 'stops' },
      ],
    },
  ]);
  expect(trial.samples.matching.map(({ name }) => name).sort()).toEqual(['丙茶室', '甲饭店']);
  expect(await tagsOf()).toEqual(before);
  expect((await catering()).version).toBe(rule.version);
});

test('saving gives and takes the tag, keeps every state, and can be taken back as a new version', async () => {
  await loadFour();
  await declareTown();
  const first = await catering();
  const before = await tagsOf();
  const versions = await api.db('entity_versions');
  const body = await change();
  const saved = await save(body);
  expect(saved).toMatchObject({ gained: 1, lost: 1, notWith: ['批发'], reason: '批发不算餐饮' });
  const after = { 甲饭店: ['catering'], 乙商行: [], 丙茶室: ['catering'], 丁公司: ['catering'] };
  expect(await tagsOf()).toEqual(after);
  expect(await api.db('entity_versions')).toHaveLength(versions.length + 2);
  expect(
    await api.db('entity_changes').whereNull('import_id').orderBy('entity_id').select('tags_before', 'tags'),
  ).toEqual([
    { tags_before: ['catering'], tags: [] },
    { tags_before: [], tags: ['catering'] },
  ]);
  expect(
    await api.db('entities as e').join('entity_kinds as k', 'k.id', 'e.kind_id').whereRaw('k.tags <> e.tags'),
  ).toEqual([]);
  expect(
    await api.db('audit_log').where({ action: 'tag-rule.save', subject: 'tag-rule/catering' }),
  ).toMatchObject([{ after: { gained: 1, lost: 1, reason: '批发不算餐饮' } }]);
  // Sent again as its answer was lost, it is not done again.
  expect(await coordinator.get<Save>('saveTagRule', { params, body })).toMatchObject({
    ...{ status: 'done', version: saved.version },
  });
  expect(await carryOut()).toBe(false);

  const record = await coordinator.get<{ changes: object[] }>('readEntityRecord', {
    params: { creditCode: codeOf(3) },
  });
  expect(record.changes[0]).toMatchObject({
    ...{ kind: 'changed', rule: '餐饮服务', by: saved.by, import: null },
    fields: [{ field: 'tags', before: [], after: ['catering'] }],
  });

  // The same file reads as the rules are now.
  expect(await loadFour()).toMatchObject({ added: 0, changed: 0, unchanged: 4 });

  const restored = await save({
    ...{ label: first.label, ...wordsOf(first), reason: '恢复第 1 版', basedOn: saved.version },
  });
  expect(restored).toMatchObject({ gained: 1, lost: 1, notWith: [] });
  expect(await tagsOf()).toEqual(before);
  const reader = await api.signedIn('wjw-liaison');
  const history = await reader.get<{ rows: Version[] }>('listTagRuleVersions', { params });
  expect(history.rows.map(({ reason }) => reason)).toEqual(['恢复第 1 版', '批发不算餐饮', '']);
});

test('what a file declares is kept apart from what rules give', async () => {
  await loadFour();
  await declareTown();
  // A file without the column says nothing of what was declared.
  await load('名称,信用代码,区划代码,经营范围', `丁公司,${codeOf(4)},691101,住宿`);
  expect((await tagsOf())['丁公司']).toEqual(['catering', 'lodging']);
  // One without scopes leaves what the rules give.
  await load('名称,信用代码,区划代码,标签', `丁公司,${codeOf(4)},691101,`);
  expect((await tagsOf())['丁公司']).toEqual(['lodging']);
});

test('a rule is saved by those who may, on what they saw, one at a time, and never while an import runs', async () => {
  await loadFour();
  const body = await change();
  const liaison = await api.signedIn('wjw-liaison');
  expect(await liaison.refused('saveTagRule', { params, body })).toMatchObject({ status: 403 });
  const refused = (more: object) =>
    coordinator.refused('saveTagRule', { params, body: { ...body, ...more } });
  expect(await refused({ basedOn: 999_999 })).toMatchObject({ status: 409, type: 'tag-rule-changed' });
  expect(await refused({ basedOn: null })).toMatchObject({ type: 'tag-taken' });
  expect(await refused({ reason: ' ' })).toMatchObject({ type: 'invalid-request' });
  expect(await refused({ noneOf: ['批发'] })).toMatchObject({
    type: 'tag-rule-words',
    fields: [{ field: 'noneOf' }],
  });
  expect(await refused({ label: '食品销售' })).toMatchObject({ fields: [{ field: 'label' }] });
  expect(
    await coordinator.refused('saveTagRule', {
      params: { tag: '茶' },
      body: { ...body, label: '茶馆', basedOn: null },
    }),
  ).toMatchObject({ type: 'tag-code' });

  const running = await api.db.transaction();
  await lockKind(running, 'credit');
  const ordered = await coordinator.get<Save>('saveTagRule', { params, body });
  await expect(carryOut()).rejects.toThrow('import');
  expect((await catering()).by).toBeNull();
  // What was ordered is seen by everybody, and nothing else is ordered meanwhile.
  const reader = await api.signedIn('wjw-liaison');
  expect(await reader.get<object>('listTagRules')).toMatchObject({
    lastSave: { id: ordered.id, status: 'waiting' },
  });
  expect(await refused({ reason: '另一个理由' })).toMatchObject({ status: 409, type: 'tag-rule-saving' });
  expect(await coordinator.get<Save>('saveTagRule', { params, body })).toEqual(ordered);
  await running.rollback();
  await carryOut();
  expect(await coordinator.get<Save>('readTagRuleSave', { params: { id: ordered.id } })).toMatchObject({
    status: 'done',
  });

  const fresh = await save(
    { ...body, label: '茶馆', anyOf: ['茶艺'], noneOf: [], notWith: [], basedOn: null },
    'tea',
  );
  expect(fresh).toMatchObject({ gained: 1, lost: 0 });
  expect((await tagsOf())['丙茶室']).toEqual(['catering', 'tea']);
});

test('a rule is switched off and on again: what that does is shown before, and files go by it', async () => {
  await loadFour();
  await declareTown();
  const rule = await catering();
  const off = { ...wordsOf(rule), active: false };
  expect(await coordinator.get<Trial>('tryTagRule', { body: { tag: 'catering', ...off } })).toMatchObject({
    ...{ matching: 0, gaining: 0, losing: 2 },
    samples: { losing: [{ scope: [{ text: '餐饮', mark: 'gives' }, {}] }, {}] },
  });
  const body = { ...off, label: rule.label, reason: '暂停餐饮抽查', basedOn: rule.version };
  expect(await coordinator.refused('saveTagRule', { params, body: { ...body, reason: '' } })).toMatchObject({
    status: 422,
  });
  const saved = await save(body);
  expect(saved).toMatchObject({ active: false, gained: 0, lost: 2 });
  const none = { 甲饭店: [], 乙商行: [], 丙茶室: [], 丁公司: ['catering'] };
  expect(await tagsOf()).toEqual(none);
  // Files go by it, and so does what only SQL judges; its name is still known.
  expect(await loadFour()).toMatchObject({ unchanged: 4 });
  await load('名称,信用代码,区划代码,标签', `甲饭店,${codeOf(1)},691101,lodging`);
  expect(await tagsOf()).toEqual({ ...none, 甲饭店: ['lodging'] });
  const { rows } = await coordinator.get<{ rows: { tag: string }[] }>('listTags');
  expect(rows.map(({ tag }) => tag)).toContain('catering');

  const on = await save({ ...body, active: true, reason: '恢复', basedOn: saved.version });
  expect(on).toMatchObject({ active: true, gained: 2, lost: 0 });
  expect(await tagsOf()).toMatchObject({ 甲饭店: ['catering', 'lodging'], 乙商行: ['catering'] });
  expect(
    (await api.db('audit_log').where({ action: 'tag-rule.save' })).map(
      ({ after }: { after: { active: boolean; reason: string } }) => [after.active, after.reason],
    ),
  ).toEqual([
    [false, '暂停餐饮抽查'],
    [true, '恢复'],
  ]);
});

test('an import can be undone after a rule changed: where the rule changed its entities it is refused, else they are as rules are now', async () => {
  await loadFour();
  await declareTown();
  const undo = async (id: number) => {
    const run = await readImport(api.db, id);
    if (!run) throw new Error(`no import ${id}`);
    const undoId = await api.db.transaction((trx) =>
      orderUndo(trx, run, { startedBy: null, reason: '取错了' }),
    );
    const job = await nextJob(api.db, 'entities');
    if (job) await runJob(api.db, job, '2026-05-06');
    return readImport(api.db, undoId);
  };
  // Neither scope that the file brings has to do with the rule; one of those before has.
  const run = await load(HEADER, row(1, '甲饭店', '餐饮服务'), row(2, '乙商行', '服装'));
  await save(await change());
  expect(await undo(run.id)).toMatchObject({ status: 'done' });
  expect(await tagsOf()).toMatchObject({ 甲饭店: ['catering'], 乙商行: [] });

  const next = await load(HEADER, row(3, '丙茶室', '茶艺、茶具'));
  const rule = await catering();
  await save({
    ...{ label: rule.label, ...wordsOf(rule), anyOf: rule.anyOf.filter((word) => word !== '茶艺') },
    ...{ reason: '茶艺不算', basedOn: rule.version },
  });
  expect(await undo(next.id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('1 条') as string,
  });
  expect((await tagsOf())['丙茶室']).toEqual([]);
});

test('a save that is no longer possible when its turn comes has failed, and says why', async () => {
  await loadFour();
  const ordered = await coordinator.get<Save>('saveTagRule', { params, body: await change() });
  // Somebody else's version got between.
  await api.db.raw(
    `insert into tag_rule_versions (tag, label, any_of, none_of, not_with, reason)
     select tag, label, any_of, none_of, not_with, '' from tag_rules where tag = 'catering'`,
  );
  await carryOut();
  const ended = await coordinator.get<Save>('readTagRuleSave', { params: { id: ordered.id } });
  expect(ended).toMatchObject({ status: 'failed', version: null });
  expect(ended.failure).toContain('刚被别人修改过');
  // One that was given up leaves the way free as well.
  const again = await coordinator.get<Save>('saveTagRule', { params, body: await change() });
  await runActivities(api.db).activities.giveUpTagRuleSave();
  const given = await coordinator.get<Save>('readTagRuleSave', { params: { id: again.id } });
  expect(given).toMatchObject({ status: 'failed', failure: expect.stringContaining('没有完成') as string });
  // It may be ordered again, on what is there now.
  expect(await save(await change())).toMatchObject({ reason: '批发不算餐饮' });
  expect(await coordinator.refused('readTagRuleSave', { params: { id: ordered.id + 1000 } })).toMatchObject({
    status: 404,
  });
});

test('in a large registry a trial looks at pages drawn at random, and says so', async () => {
  await api.db.raw(
    `insert into entities (credit_code, name, region_code, business_scope)
     select '91691102' || lpad(n::text, 10, '0'), '第' || n || '商店', '691101',
            case when mod(n, 4) = 0 then '茶艺' else '百货' end
       from generate_series(1, 20000) n`,
  );
  await api.db.raw('analyze entities');
  const rule = { ...(await catering()), tag: 'tea', anyOf: ['茶艺'], noneOf: [], notWith: [] };
  expect(await tryTagRule(api.db, rule, [''])).toMatchObject({ gaining: 5000, estimatedFrom: null });
  const trial = await tryTagRule(api.db, rule, [''], 4000);
  expect(trial).toMatchObject({ losing: 0, declared: 0, estimatedFrom: 4000 });
  expect(trial.gaining).toBeGreaterThan(4000);
  expect(trial.gaining).toBeLessThan(6000);
  expect(trial.samples.filter(({ set }) => set === 'gaining')).toHaveLength(10);
  expect(await tryTagRule(api.db, rule, [''], 4000)).toEqual(trial);
});
