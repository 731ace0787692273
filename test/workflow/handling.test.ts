import { readCampaign } from '../../db/campaigns';
import { workflowIds } from '../../domain/names';
import type { HandlingStep } from '../../domain/handling/course';
import type { ResultCode } from '../../domain/visits/results';
import { handInResults } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { IN_SECONDS } from '../support/seconds-policy';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

/** Up to the overdue notice: nobody is urged here. */
const POLICY = {
  ...IN_SECONDS,
  durations: { ...IN_SECONDS.durations, results: 600 },
  steps: IN_SECONDS.steps.slice(0, 4),
};

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
}, 120_000);

afterAll(() => town.stop());

/** A campaign whose first visit found something in one item; the case it leads to. */
async function caseOf(resultCode: ResultCode): Promise<{ code: string; caseId: number }> {
  const code = await town.officials.campaignAt('dispatched', { deadlinePolicy: POLICY, yearlyCap: {} });
  const { id } = await readCampaign(town.db, code);
  await handInResults(town.db, code, await town.now(), ({ visit, department }) =>
    visit === 1 && department === 'SCJG' ? resultCode : 1,
  );
  await town.worker.gateway.resultsArrived(code);
  const [task] = await until(
    () =>
      town
        .db('tasks')
        .where({ campaign_id: id })
        .whereNotNull('case_id')
        .select<{ case_id: number }[]>('case_id'),
    (tasks) => tasks.length > 0,
  );
  return { code, caseId: task?.case_id ?? 0 };
}

const take = (caseId: number, step: HandlingStep, key = step as string) =>
  town.worker.gateway.takeHandlingStep({
    caseId,
    key,
    actorId: town.city.users['scjg-liaison'] ?? 0,
    address: null,
    requestId: null,
    step,
    note: '见附件',
  });

const tasksOf = (caseId: number) =>
  town
    .db('tasks')
    .where({ case_id: caseId })
    .orderBy('id')
    .select<{ kind: string; done_at: Date | null }[]>('kind', 'done_at')
    .then((rows) => rows.map((row) => [row.kind, row.done_at === null ? 'open' : 'done']));

test('a case that is open when its campaign closes is watched until it is settled', async () => {
  const { code, caseId } = await caseOf(4);
  await finish(code);
  const { id } = await readCampaign(town.db, code);
  await town.env.sleep('60 seconds');
  await until(
    () =>
      town
        .db('notices')
        .where({ campaign_id: id, recipient_id: town.city.users['scjg-liaison'], kind: 'overdue' })
        .whereRaw(`params ->> 'task' = 'decide'`),
    (notices) => notices.length > 0,
  );
  await take(caseId, 'decided');
  await town.ended(workflowIds.oversight(code));
});

test('ordered to rectify, not mended at the recheck, a penalty, closed', async () => {
  const { code, caseId } = await caseOf(5);
  expect(await tasksOf(caseId)).toEqual([['rectify', 'open']]);
  await expect(take(caseId, 'recheck-passed')).rejects.toMatchObject({
    kind: 'conflict',
    type: 'handling-step',
  });
  await expect(take(caseId, 'decided')).rejects.toMatchObject({ type: 'handling-step' });

  await take(caseId, 'rectified');
  expect(await tasksOf(caseId)).toEqual([
    ['rectify', 'done'],
    ['recheck', 'open'],
  ]);
  const failed = await take(caseId, 'recheck-failed');
  expect(failed).toEqual({ track: 'penalty', status: 'open' });
  // The same step with the same key is the same step.
  await expect(take(caseId, 'recheck-failed')).resolves.toEqual(failed);
  await expect(take(caseId, 'rectified', 'once-more')).rejects.toMatchObject({ type: 'handling-step' });

  await take(caseId, 'decided');
  expect(await tasksOf(caseId)).toEqual([
    ['rectify', 'done'],
    ['recheck', 'done'],
    ['decide', 'done'],
  ]);
  const row: unknown = await town.db('handling_cases').where({ id: caseId }).first();
  expect(row).toMatchObject({ status: 'closed', track: 'penalty', outcome: '已作出处理决定：见附件' });
  await town.ended(workflowIds.handling(caseId));
  await expect(take(caseId, 'decided', 'too-late')).rejects.toMatchObject({ type: 'handling-step' });
  await keepHistory(town.env.client, workflowIds.handling(caseId), 'handling-penalty');

  const log = await town
    .db('audit_log')
    .where({ subject: `handling-case/${caseId}` })
    .orderBy('seq')
    .pluck('action');
  expect(log).toEqual(['handling.rectified', 'handling.recheck-failed', 'handling.decided']);
  await finish(code);
});

test('steps that come at once are taken one after the other', async () => {
  const { code, caseId } = await caseOf(5);
  const [rectified, passed] = await Promise.all([
    take(caseId, 'rectified'),
    // It comes before or after: refused, or the end of the case.
    take(caseId, 'recheck-passed').catch((error: unknown) => error),
  ]);
  expect(rectified).toMatchObject({ status: 'awaiting-recheck' });
  if (passed instanceof Error) await take(caseId, 'recheck-passed', 'again');
  await town.ended(workflowIds.handling(caseId));
  await finish(code);
});

async function finish(code: string): Promise<void> {
  await town.officials.as('lead', code, 'publish');
  await town.officials.as('lead', code, 'close');
}
