import { startTestApi, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

interface Draft {
  id: number;
  revision: number;
  step: number;
  content: Record<string, unknown>;
}

const drafts = async (username: string) =>
  (await (await api.signedIn(username)).get<{ rows: Draft[] }>('listPlanDrafts')).rows;

describe('a plan that is being written', () => {
  test('is kept unfinished, goes on where it was left, and goes when it is dropped', async () => {
    const lead = await api.signedIn('lead');
    const draft = await lead.get<Draft>('createPlanDraft', { body: { step: 0, content: { name: '春季' } } });
    const content = { name: '春季餐饮', regions: ['691101'], items: ['SCJG-001'] };
    await lead.get('savePlanDraft', {
      params: { id: draft.id },
      body: { revision: draft.revision, step: 1, content },
    });
    expect(await drafts('lead')).toMatchObject([{ id: draft.id, revision: 2, step: 1, content }]);
    expect(await lead.get('readPlanDraft', { params: { id: draft.id } })).toMatchObject({ content });
    await lead.get('dropPlanDraft', { params: { id: draft.id } });
    expect(await drafts('lead')).toEqual([]);
    expect(await lead.refused('readPlanDraft', { params: { id: draft.id } })).toMatchObject({ status: 404 });
  });

  test('is the writer’s own: others neither see nor change it', async () => {
    const lead = await api.signedIn('lead');
    const other = await api.signedIn('coordinator');
    const { id } = await lead.get<Draft>('createPlanDraft', { body: { step: 0, content: { name: '秋季' } } });
    expect(await drafts('coordinator')).toEqual([]);
    const params = { id };
    const body = { revision: 1, step: 0, content: {} };
    expect(await other.refused('readPlanDraft', { params })).toMatchObject({ status: 404 });
    expect(await other.refused('savePlanDraft', { params, body })).toMatchObject({ status: 404 });
    expect(await other.refused('dropPlanDraft', { params })).toMatchObject({ status: 404 });
    expect(await drafts('lead')).toHaveLength(1);
    const liaison = await api.signedIn('wjw-liaison');
    expect(await liaison.refused('listPlanDrafts')).toMatchObject({ status: 403 });
  });

  test('of two windows the second is told, and overwrites nothing', async () => {
    const coordinator = await api.signedIn('coordinator');
    const { id } = await coordinator.get<Draft>('createPlanDraft', { body: { step: 0, content: {} } });
    const save = (name: string) => ({ params: { id }, body: { revision: 1, step: 0, content: { name } } });
    await coordinator.get('savePlanDraft', save('一'));
    expect(await coordinator.refused('savePlanDraft', save('二'))).toMatchObject({
      status: 409,
      type: 'draft-changed',
    });
    expect(await drafts('coordinator')).toMatchObject([{ content: { name: '一' } }]);
  });

  test('there are twenty at most', async () => {
    const coordinator = await api.signedIn('coordinator');
    const body = { step: 0, content: {} };
    while ((await drafts('coordinator')).length < 20) await coordinator.get('createPlanDraft', { body });
    expect(await coordinator.refused('createPlanDraft', { body })).toMatchObject({
      status: 409,
      type: 'too-many-drafts',
    });
  });
});

describe('what a plan would come to', () => {
  interface Preview {
    population: number;
    visits: number;
    apart: number;
    strata: { stratum: string; population: number; visits: number }[];
    departments: { department: { code: string }; visits: number; personVisits: number }[];
  }
  const ratios = (ratioPpm: number) => ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm }));
  const preview = async (body: object) =>
    (await api.signedIn('lead')).get<Preview>('previewPlan', {
      body: { regions: ['691100'], mode: 'joint', teams: [], ratios: ratios(100_000), ...body },
    });

  test('is counted while it is written, by department and stratum', async () => {
    // 60 entities, every third a venue: all are visited, 20 of them by the fire service too.
    const outcome = await preview({
      items: ['SCJG-001', 'XFJ-001'],
      teams: [{ department: 'XFJ', size: 3 }],
    });
    expect(outcome).toMatchObject({ population: 60, visits: 6, apart: 8 });
    expect(outcome.departments).toMatchObject([
      { department: { code: 'SCJG' }, visits: 6, personVisits: 12 },
      { department: { code: 'XFJ' }, visits: 2, personVisits: 6 },
    ]);
    expect(outcome.strata.map((one) => [one.stratum, one.population])).toEqual([
      ['A', 15],
      ['B', 15],
      ['C', 15],
      ['D', 15],
    ]);
  });

  test('follows the region, and classes that are left out', async () => {
    expect(await preview({ items: ['SCJG-001'], regions: ['691101'] })).toMatchObject({ population: 30 });
    expect(await preview({ items: ['SCJG-001'], ratios: ratios(200_000).slice(3) })).toMatchObject({
      population: 15,
      visits: 3,
    });
  });

  test('an item with a ratio of its own goes by it where items are drawn one by one', async () => {
    await api.db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm: 500_000 });
    expect(await preview({ items: ['WJW-001'], mode: 'per_item' })).toMatchObject({ visits: 30 });
    expect(await preview({ items: ['WJW-001'] })).toMatchObject({ visits: 6 });
  });
});
