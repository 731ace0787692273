import { insertTagRuleSave, readTagRuleSave } from '../../db/tag-rule-saves';
import { lockKind } from '../../db/imports';
import { listTagRules, readTagRules } from '../../db/tag-rules';
import { workflowIds } from '../../domain/names';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
}, 120_000);

afterAll(() => town.stop());

async function order(word: string): Promise<number> {
  await readTagRules(town.db, DEFAULT_TAG_RULES);
  const rule = (await listTagRules(town.db)).find(({ tag }) => tag === 'catering');
  if (!rule) throw new Error('no rule of catering');
  const id = await insertTagRuleSave(town.db, {
    rule: { ...rule, anyOf: [...rule.anyOf, word] },
    ...{ reason: `${word}也算`, basedOn: rule.version, orderedBy: town.city.users['coordinator'] ?? 0 },
    ...{ address: null, requestId: null },
  });
  if (id === null) throw new Error('another save is under way');
  return id;
}

test('a save waits for an import that runs, is carried out, and the next begins anew', async () => {
  const { gateway } = town.worker;
  const running = await town.db.transaction();
  await lockKind(running, 'entities');
  const first = await order('茶艺');
  await gateway.wakeTagRuleSaves();
  await running.rollback();
  await town.ended(workflowIds.tagRuleSaves);
  expect(await readTagRuleSave(town.db, first)).toMatchObject({ status: 'done', progress: 100 });
  await keepHistory(town.env.client, workflowIds.tagRuleSaves, 'tag-rule-saves');

  const second = await order('茶点');
  await gateway.wakeTagRuleSaves();
  await town.ended(workflowIds.tagRuleSaves);
  expect(await readTagRuleSave(town.db, second)).toMatchObject({
    status: 'done',
    by: expect.any(String) as string,
  });
  const rules = await listTagRules(town.db);
  expect(rules.find(({ tag }) => tag === 'catering')?.anyOf).toEqual(
    expect.arrayContaining(['茶艺', '茶点']),
  );
});
