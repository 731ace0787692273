import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { readCalendar } from '../../db/deadlines';
import { tellAtOnce } from '../../db/notices';
import { lockVisit, readTeamMember } from '../../db/results';
import {
  fixDay,
  insertAgreements,
  insertProposal,
  listNearbyVisits,
  listPlannedVisits,
  listProposedDays,
  listUnplannedVisits,
  readTeamOn,
  readTeamsOn,
  readVisitPeople,
  readVisitPlan,
  type PlannedVisitRow,
  type ProposedDayRow,
  type VisitPlanRow,
} from '../../db/visit-days';
import { TAKES_RESULTS } from '../../domain/campaigns';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, invalidField } from '../../domain/errors';
import { departmentsSpokenFor } from '../../domain/permissions/rules';
import { areaPrefixesOf, type Actor } from '../../domain/roles';
import {
  awaitedDepartments,
  conflictsOf,
  dayProblem,
  dayText,
  firstProposer,
  type InspectorDay,
} from '../../domain/visits/visit-days';
import type { ApiContext } from '../context';
import { visitDaysContract as contract } from '../contract/visit-days';
import { departmentNamer } from '../department-namer';
import { departmentsAs } from '../departments-as';
import { implement } from '../implement';
import { noVisit, seenVisit } from '../visits/seen-visit';

const LONGEST_PERIOD = 62;
const MOST_VISITS = 500;
const MOST_UNDATED = 100;

export const visitDayRoutes = [
  implement(contract.readVisitDay, async ({ params, actor }, context) => {
    await seenVisit(context.db, params.id, actor);
    return dayOfVisit(context, params.id, actor);
  }),

  implement(contract.checkVisitDay, async ({ params, query, actor }, { db }) => {
    await seenVisit(db, params.id, actor);
    const calendar = await readCalendar(db);
    return {
      conflicts: conflictsOf(query.day, query.part, await readTeamOn(db, params.id, query.day)),
      isWorkingDay: calendar.isWorkingDay(query.day),
    };
  }),

  implement(contract.proposeVisitDay, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    await context.db.transaction(async (trx) => {
      const { plan, spokenFor, standing, next } = await openVisit(trx, params.id, actor);
      const first = firstProposer(plan.departments, plan.lead_department);
      if (!standing && first !== null && !spokenFor.includes(first)) {
        throw forbidden(
          'not-first',
          `上门日期由${await nameIn(trx, first)}的检查人员先提议，您可以同意或另提。`,
        );
      }
      if (standing?.day === body.day && standing.part === body.part) {
        throw conflict('same-day', `${dayText(body.day, body.part)}已经提议：请直接同意。`);
      }
      const at = context.now();
      const calendar = await readCalendar(trx);
      const problem = dayProblem({
        ...{ day: body.day, reason: body.reason, today: dayOf(at), replaces: standing !== undefined },
        ...{ visitFrom: plan.visit_from, visitTo: plan.visit_to },
        isWorkingDay: (day) => calendar.isWorkingDay(day),
      });
      if (problem) throw invalid('bad-visit-day', problem.message, [problem]);
      const id = await insertProposal(trx, {
        ...{ visitId: plan.id, number: next, ...body, actorId: actor.id, at },
        // The lead's own name stands first where somebody speaks for several.
        departments: first === null ? spokenFor : [...spokenFor].sort((one) => (one === first ? -1 : 0)),
      });
      const isFixed = await settle(trx, plan, id, at);
      await tell(trx, plan, actor, at, {
        key: `day-${next}`,
        what: isFixed
          ? `上门日期定为 ${dayText(body.day, body.part)}`
          : `${actor.name}提议 ${dayText(body.day, body.part)} 上门${body.reason === '' ? '' : `（${body.reason}）`}，请同意或另提日期`,
      });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'visit.propose-day', subject: `visit/${plan.id}` },
        ...{ address, requestId, after: { ...body, departments: spokenFor, isFixed } },
      });
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return dayOfVisit(context, params.id, actor);
  }),

  implement(contract.agreeToVisitDay, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    await context.db.transaction(async (trx) => {
      const { plan, spokenFor, standing } = await openVisit(trx, params.id, actor);
      if (standing?.id !== body.proposal) {
        throw conflict('day-replaced', '这个日期已被另一提议替换：请刷新后再看。');
      }
      const at = context.now();
      await insertAgreements(trx, standing.id, spokenFor, { actorId: actor.id, at });
      const isFixed = standing.fixed_at !== null || (await settle(trx, plan, standing.id, at));
      if (isFixed && standing.fixed_at === null) {
        await tell(trx, plan, actor, at, {
          key: `day-${standing.number}-fixed`,
          what: `各部门均已同意，上门日期定为 ${dayText(standing.day, standing.part)}`,
        });
      }
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'visit.agree-day', subject: `visit/${plan.id}` },
        ...{ address, requestId, after: { day: standing.day, departments: spokenFor, isFixed } },
      });
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return dayOfVisit(context, params.id, actor);
  }),

  implement(contract.readVisitCalendar, async ({ query: { from, to }, actor }, { db }) => {
    if (to < from || shift(from, LONGEST_PERIOD) < to)
      throw invalidField('bad-period', 'to', `请选择不超过 ${LONGEST_PERIOD} 天的起止日期。`);
    const whose = plannedFor(actor);
    const found = await listPlannedVisits(db, whose, { from, to, limit: MOST_VISITS + 1 });
    const rows = found.slice(0, MOST_VISITS);
    const teams = await readTeamsOn(
      db,
      rows.flatMap(({ id, day, part, finished_at: finished }) =>
        day === null || part === null || finished ? [] : [{ visit: id, day }],
      ),
    );
    const calendar = await readCalendar(db);
    const days = Array.from({ length: LONGEST_PERIOD + 1 }, (_, at) => shift(from, at));
    const viewOf = (row: PlannedVisitRow) => plannedOf(row, teams.get(row.id) ?? []);
    return {
      rows: rows.map(viewOf),
      isCut: found.length > MOST_VISITS,
      undated: (await listUnplannedVisits(db, whose, MOST_UNDATED)).map(viewOf),
      daysOff: days.filter((day) => day <= to && !calendar.isWorkingDay(day)),
    };
  }),
];

/** A liaison plans for the department, everybody for themselves. */
const plannedFor = (actor: Actor) => ({
  userId: actor.id,
  departments: departmentsAs(actor, 'liaison'),
  areas: areaPrefixesOf(actor, 'liaison'),
});

/** The visit, locked, where its day may still be set and the person speaks for one of its departments. */
async function openVisit(trx: Knex, id: number, actor: Actor) {
  await seenVisit(trx, id, actor);
  const locked = await lockVisit(trx, id);
  const plan = locked && (await readVisitPlan(trx, id));
  if (!plan) throw noVisit(id);
  const spokenFor = departmentsSpokenFor(actor, plan.departments, await readTeamMember(trx, id, actor.id));
  if (spokenFor.length === 0) {
    throw forbidden('not-your-visit', '只有该户的检查人员或其部门联络员可以商定上门日期。');
  }
  if (!isOpen(plan)) {
    throw conflict('visit-closed', '任务未派发，或该户已上门检查，不能再商定日期。');
  }
  const all = await listProposedDays(trx, id);
  return {
    ...{ plan, spokenFor, standing: all.find((one) => one.replaced_at === null) },
    next: (all[0]?.number ?? 0) + 1,
  };
}

const isOpen = (plan: VisitPlanRow): boolean =>
  TAKES_RESULTS.includes(plan.stage) && plan.finished_at === null && plan.visit_on === null;

/** Fixes the day where nobody's agreement is awaited any more. */
async function settle(trx: Knex, plan: VisitPlanRow, proposalId: number, at: Date): Promise<boolean> {
  const standing = (await listProposedDays(trx, plan.id)).find((one) => one.id === proposalId);
  const agreed = (standing?.agreements ?? []).map((one) => one.department);
  if (awaitedDepartments(plan.departments, agreed).length > 0) return false;
  await fixDay(trx, proposalId, at);
  return true;
}

async function tell(
  trx: Knex,
  plan: VisitPlanRow,
  actor: Actor,
  at: Date,
  { key, what }: { key: string; what: string },
): Promise<void> {
  await tellAtOnce(trx, [
    {
      key: `visit/${plan.id}/${key}`,
      kind: 'visit-day',
      campaignId: plan.campaign_id,
      recipients: (await readVisitPeople(trx, plan.id)).filter((person) => person !== actor.id),
      params: { number: plan.number, entity: plan.entity_name, what },
      at,
    },
  ]);
}

async function dayOfVisit({ db }: ApiContext, id: number, actor: Actor) {
  const plan = await readVisitPlan(db, id);
  if (!plan) throw noVisit(id);
  const nameOf = await departmentNamer(db);
  const proposals = await listProposedDays(db, id);
  const standing = proposals.find((one) => one.replaced_at === null);
  const agreed = (standing?.agreements ?? []).map((one) => one.department);
  const awaited = standing ? awaitedDepartments(plan.departments, agreed) : [];
  const spokenFor = departmentsSpokenFor(actor, plan.departments, await readTeamMember(db, id, actor.id));
  const first = firstProposer(plan.departments, plan.lead_department);
  const viewOf = (row: ProposedDayRow) => proposalOf(row, nameOf);
  return {
    standing: standing ? viewOf(standing) : null,
    before: proposals.filter((one) => one.replaced_at !== null).map(viewOf),
    awaited: awaited.map(nameOf),
    conflicts:
      standing && plan.finished_at === null
        ? conflictsOf(standing.day, standing.part, await readTeamOn(db, id, standing.day))
        : [],
    nearby: (await listNearbyVisits(db, plan)).map((one) => ({
      campaign: { code: one.campaign, name: one.campaign_name },
      ...{ number: one.number, day: one.day, part: one.part, from: one.visit_from, to: one.visit_to },
    })),
    window: { from: plan.visit_from, to: plan.visit_to },
    mayPropose:
      isOpen(plan) &&
      spokenFor.length > 0 &&
      (standing !== undefined || first === null || spokenFor.includes(first)),
    mayAgree: isOpen(plan) && awaited.some((department) => spokenFor.includes(department)),
    proposesFirst: first === null ? null : nameOf(first),
  };
}

const proposalOf = (row: ProposedDayRow, nameOf: (code: string) => { code: string; name: string }) => ({
  ...{ id: row.id, number: row.number, day: row.day, part: row.part, reason: row.reason },
  proposedBy: row.proposed_by,
  department: nameOf(row.department),
  proposedAt: row.proposed_at.toISOString(),
  fixedAt: row.fixed_at?.toISOString() ?? null,
  replacedAt: row.replaced_at?.toISOString() ?? null,
  agreements: row.agreements.map(({ department, by, at }) => ({
    department: nameOf(department),
    by,
    at: new Date(at).toISOString(),
  })),
});

/** `team`: as its day finds it; empty where it has none or is over. */
const plannedOf = (row: PlannedVisitRow, team: readonly InspectorDay[]) => ({
  ...{ id: row.id, number: row.number, day: row.day, part: row.part },
  campaign: { code: row.campaign_code, name: row.campaign_name },
  entity: { name: row.entity_name, regionCode: row.region_code, address: row.address },
  isFixed: row.fixed,
  isFinished: row.finished_at !== null,
  window: { from: row.visit_from, to: row.visit_to },
  inspectors: row.inspectors.map((one) => ({
    ...one,
    conflicts: kindsOf(row, team, one.code),
  })),
});

/** Each kind once, whatever the number of visits that meet. */
function kindsOf({ day, part }: PlannedVisitRow, team: readonly InspectorDay[], inspector: string) {
  if (day === null || part === null) return [];
  const own = conflictsOf(day, part, team).filter((conflict) => conflict.inspector === inspector);
  return [...new Set(own.map((conflict) => conflict.kind))].sort();
}

const nameIn = async (db: Knex, code: string) => (await departmentNamer(db))(code).name;
