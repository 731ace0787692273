/** The notice of an inspection as the office and the entity see it. */
import type { Knex } from 'knex';
import { countVisitsOfYear } from '../../db/entity-record';
import { ratioPolicies } from '../../db/ratio-policies';
import {
  listRecusals,
  noticeIssuedAt,
  readPapers,
  readRating,
  readTrace,
  type PapersRow,
  type RecusalRow,
} from '../../db/visit-papers';
import { readTeamMember } from '../../db/results';
import { referenceOf } from '../../domain/items/basis';
import { maskWithin } from '../../domain/privacy/masks';
import { PRESET, rowOf } from '../../domain/policies/ratio-rows';
import { mayEnterResult } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { departmentNamer } from '../department-namer';
import { inspectionDecider } from './approvals';
import { objectionsOf } from './objections';
import { noVisit } from './seen-visit';

export async function knownPapers(db: Knex, visitId: number): Promise<PapersRow> {
  const row = await readPapers(db, visitId);
  if (!row) throw noVisit(visitId);
  return row;
}

/** Who goes to the visit for the department, and who is asked to keep away from it though they were replaced since. */
export const teamOf = (
  { inspectors }: Pick<PapersRow, 'inspectors'>,
  recusal: Pick<RecusalRow, 'department' | 'user_id'>,
): number[] => [
  ...inspectors.flatMap(({ department, user }) =>
    department === recusal.department && user !== null ? [user] : [],
  ),
  ...(recusal.user_id === null ? [] : [recusal.user_id]),
];

export async function noticeFactsOf(db: Knex, row: PapersRow) {
  const nameOf = await departmentNamer(db);
  const recusals = await listRecusals(db, { visitId: row.id });
  const trace = await readTrace(db, row.id);
  const rating = await readRating(db, row.id);
  const on = row.visit_on ?? row.day ?? row.visit_from;
  const year = Number(on.slice(0, 4));
  const policy = await ratioPolicies.inForce(db, on);
  const departments = [...new Set(row.items.map((item) => item.department))];
  return {
    number: row.number,
    campaign: { code: row.campaign_code, name: row.campaign_name },
    entity: { name: row.entity_name, creditCode: row.credit_code, address: row.address },
    ...{ day: row.visit_on ?? row.day, part: row.part, isDayFixed: row.day_fixed },
    window: { from: row.visit_from, to: row.visit_to },
    departments: departments.map((department) => ({
      department: nameOf(department),
      items: row.items
        .filter((item) => item.department === department)
        .map(({ code, name, content, bases }) => ({ code, name, content, bases: bases.map(referenceOf) })),
      inspectors: row.inspectors
        .filter((one) => one.department === department)
        .map(({ code, name, certificate }) => ({
          ...{ code, name, certificate },
          recusal: recusals.find((one) => one.inspector === code)?.status ?? null,
        })),
    })),
    visitsOfYear: {
      year,
      visits: await countVisitsOfYear(db, row.entity_id, year),
      cap:
        rowOf(policy ?? PRESET, { region: row.region_code, drawClass: row.draw_class, tags: row.tags })
          ?.cap ?? null,
    },
    trace: trace && {
      arrivedAt: trace.arrived_at.toISOString(),
      arrivalBy: trace.arrival_recorder,
      arrivalReason: trace.arrival_reason,
      people: trace.people.map(({ code, name, department }) => ({ code, name, department })),
      leftAt: trace.left_at?.toISOString() ?? null,
      leavingBy: trace.leaving_recorder,
      leavingReason: trace.leaving_reason,
    },
    rating: rating && {
      stars: rating.stars,
      remark: maskWithin(rating.remark),
      at: rating.rated_at.toISOString(),
    },
  };
}

export async function papersOf(db: Knex, visitId: number, actor: Actor) {
  const row = await knownPapers(db, visitId);
  const nameOf = await departmentNamer(db);
  const decides = await inspectionDecider(db, actor);
  const member = await readTeamMember(db, visitId, actor.id);
  return {
    ...(await noticeFactsOf(db, row)),
    noticeIssuedAt: (await noticeIssuedAt(db, visitId))?.toISOString() ?? null,
    recusals: (await listRecusals(db, { visitId })).map((one) => ({
      id: one.id,
      inspector: { code: one.inspector, name: one.inspector_name },
      department: nameOf(one.department),
      reason: one.reason,
      askedAt: one.asked_at.toISOString(),
      status: one.status,
      decidedBy: one.decided_by,
      decidedAt: one.decided_at?.toISOString() ?? null,
      note: one.note,
      mayDecide:
        one.status === 'requested' &&
        decides({ department: one.department, region_code: row.region_code }, teamOf(row, one)),
    })),
    objections: await objectionsOf(db, row, actor),
    mayIssue: row.items.some((item) => mayEnterResult(actor, item.department, member)),
    mayRecord: member?.assigned === true,
  };
}
