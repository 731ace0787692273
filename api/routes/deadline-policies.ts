import type { Knex } from 'knex';
import { deadlinePolicies } from '../../db/deadline-policies';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { policyProblems } from '../../domain/deadlines/policy-problems';
import { invalid } from '../../domain/errors';
import { areaPrefixesOf, type Actor } from '../../domain/roles';
import { deadlinePoliciesContract as contract } from '../contract/deadline-policies';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { versionCourse } from '../policies/version-course';
import { csvAnswer } from '../tables';
import { PREVIEW_TABLE, previewOf } from '../tasks/preview';

const course = versionCourse({
  subject: 'deadline-policy',
  table: deadlinePolicies,
  writers: { roles: ['supervisor', 'admin'], refusal: '由督查人员或管理员提交。' },
  shownOf: ({ policy }) => ({ policy }),
  assertContent: (_trx, { policy }) => {
    const problems = policyProblems(policy);
    if (problems.length > 0)
      throw invalid('deadline-policy', problems.map((problem) => problem.message).join(''), problems);
  },
});

export const deadlinePolicyRoutes = [
  implement(contract.listDeadlinePolicies, async ({ actor }, { db, now }) => ({
    ...(await course.list(db, actor, now())),
    preset: CITY_POLICY,
  })),

  implement(contract.createDeadlinePolicy, (request, { db, now }) =>
    course.create(db, request, { policy: request.body.policy }, now()),
  ),

  implement(contract.editDeadlinePolicy, (request, { db, now }) =>
    course.edit(db, request, { policy: request.body.policy }, now()),
  ),

  implement(contract.decideDeadlinePolicy, (request, { db, now }) => course.decide(db, request, now())),

  implement(contract.previewReminders, async ({ query, actor }, { db, now }) => {
    const from = decodeCursor(query.cursor, isId) ?? 0;
    const rows = (await preview(db, actor, query, now())).map((row, at) => ({ ...row, position: at + 1 }));
    const page = pageOf(rows.slice(from, from + query.limit + 1), query.limit, (row) => row.position);
    return {
      ...page,
      rows: page.rows.map(({ at, dueAt, position: _, ...row }) => ({
        ...row,
        at: at.toISOString(),
        dueAt: dueAt.toISOString(),
      })),
    };
  }),

  implement(contract.downloadReminderPreview, async ({ query, actor }, { db, now }) =>
    csvAnswer(PREVIEW_TABLE, await preview(db, actor, query, now()), 'onevisit-reminders.csv'),
  ),
];

async function preview(
  db: Knex,
  actor: Actor,
  { version, person }: { version?: number | undefined; person?: string | undefined },
  now: Date,
) {
  const draft = version === undefined ? null : (await deadlinePolicies.read(db, version)).policy;
  const areas = areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer', 'approver', 'admin');
  const rows = await previewOf(db, { areas, draft, now });
  return person === undefined ? rows : rows.filter((row) => row.person.includes(person));
}
