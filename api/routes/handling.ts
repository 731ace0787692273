import type { z } from 'zod';
import { hasEvent, readCase, stateOf } from '../../db/handling';
import { readHandlingPolicy } from '../../db/handling-policies';
import { listHandlingCases, type HandlingFilter } from '../../db/handling-views';
import { listJointNotices } from '../../db/joint-notices';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, DomainError, forbidden, invalid } from '../../domain/errors';
import { afterStep, HANDLING_STEP_LABELS, type HandlingStep } from '../../domain/handling/course';
import { holdsPost, whyNot } from '../../domain/handling/may-take';
import { postOf } from '../../domain/handling/owed';
import { factProblems, type StepFacts } from '../../domain/handling/step-facts';
import { formatInstant } from '../../domain/notices/format';
import { prefixOf } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { handlingContract as contract } from '../contract/handling';
import { decodeCursor, isId, pageOf } from '../cursor';
import { CASE_TABLE } from '../handling/case-table';
import { caseDetail, caseOf, existingCase, scopeOf, seenBy } from '../handling/case-of';
import { implement } from '../implement';
import type { handlingCaseFilter } from '../schemas/handling';
import { csvAnswer } from '../tables';

const MOST_EXPORTED = 100_000;

export const handlingRoutes = [
  implement(contract.listHandlingCases, async ({ query, actor }, { db, now }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listHandlingCases(db, {
      ...filterOf(query, actor, now()),
      ...(beforeId === undefined ? {} : { beforeId }),
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => caseOf(row, now())) };
  }),

  implement(contract.downloadHandlingCases, async ({ query, actor }, { db, now }) => {
    const rows = await listHandlingCases(db, { ...filterOf(query, actor, now()), limit: MOST_EXPORTED });
    return csvAnswer(CASE_TABLE, rows, `后续处理-${dayOf(now())}.csv`);
  }),

  implement(contract.readHandlingCase, ({ params, actor }, context) => caseDetail(context, params.id, actor)),

  implement(
    contract.recordHandlingStep,
    async ({ params, body, actor, key, address, requestId }, context) => {
      await existingCase(context.db, params.id, actor);
      const { step, note, ...facts } = body;
      if (!(await hasEvent(context.db, params.id, key)))
        await assertAllowed(context, { id: params.id, step, facts, actor });
      await context.campaigns
        .takeHandlingStep({
          caseId: params.id,
          key,
          actorId: actor.id,
          address,
          requestId,
          step,
          note,
          facts,
        })
        .catch(async (error: unknown) => {
          // The workflow refuses what it did before, in a run of it that is over.
          const isRefused = error instanceof DomainError && error.type === 'handling-step';
          if (!isRefused || !(await hasEvent(context.db, params.id, key))) throw error;
        });
      return caseDetail(context, params.id, actor);
    },
  ),
];

function filterOf(
  query: z.output<typeof handlingCaseFilter>,
  actor: Actor,
  now: Date,
): Omit<HandlingFilter, 'limit'> {
  const { overdue, region, campaign, visit, entity, department, track, status } = query;
  const given = { campaign, visit, entity, department, track, status };
  return {
    ...(Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<HandlingFilter>),
    ...(region === undefined ? {} : { region: prefixOf(region) }),
    ...(overdue === 'true' ? { overdueAt: now } : {}),
    seenBy: seenBy(actor),
  };
}

interface Wish {
  id: number;
  step: HandlingStep;
  facts: StepFacts;
  actor: Actor;
}

/** Who may, whether it is possible now, and whether what is entered is right: in this order. */
async function assertAllowed({ db, now }: ApiContext, { id, step, facts, actor }: Wish): Promise<void> {
  const kept = await readCase(db, id);
  const scope = await scopeOf(db, kept, step);
  const obstacle = whyNot(actor, step, scope);
  if (obstacle === 'own-submission')
    throw forbidden('own-submission', '提交人不能决定自己提交的事项，请由其他负责人决定。');
  if (obstacle === 'post')
    throw forbidden('not-your-step', `“${HANDLING_STEP_LABELS[step]}”由${WHO[postOf(step)]}登记。`);
  const after = afterStep(stateOf(kept), step, 1);
  if ('refusal' in after) throw conflict('handling-step', after.refusal);
  const problems = factProblems(step, facts, {
    policy: await readHandlingPolicy(db),
    today: dayOf(now()),
    now: now(),
    hearingUntil: kept.hearing_until,
    repairFrom: kept.repair_from,
    format: formatInstant,
  });
  if (problems.length > 0)
    throw invalid('handling-facts', problems.map((problem) => problem.message).join(''), problems);
  if (postOf(step) === 'joint') {
    const notice = (await listJointNotices(db, id)).find((one) => one.id === facts.noticeId);
    if (!notice || !holdsPost(actor, 'joint', notice.department, kept.region_code))
      throw forbidden('other-department', '这份联合惩戒通知不是发给贵部门的。');
  }
}

const WHO = {
  handler: '处理部门在当事人所在辖区的联络员或检查人员',
  head: '处理部门的负责人',
  keeper: '名单管理部门的负责人',
  joint: '收到联合惩戒通知的部门',
  nobody: '系统',
} as const;
