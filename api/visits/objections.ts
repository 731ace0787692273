/** Objections to results as the entity and the office see them, and who answers. */
import type { Knex } from 'knex';
import {
  involvedIn,
  listObjections,
  readEntityResults,
  type EntityResultRow,
  type ObjectionRow,
} from '../../db/objections';
import { listDepartments } from '../../db/organisation';
import { usersWith } from '../../db/recipients';
import type { PapersRow } from '../../db/visit-papers';
import { mayDecideUninvolved } from '../../domain/permissions/rules';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { shownAs, sightOn, type Relation } from '../../domain/privacy/fields';
import { objectionEnd, objectionRefusal, type ObjectedResult } from '../../domain/visits/objections';
import { RESULT_LABELS, type ResultCode } from '../../domain/visits/results';
import { departmentNamer } from '../department-namer';
import { decidersOf } from './deciders';

/** What the entity reads of its results: those that are there. */
export async function entityResultsOf(db: Knex, row: PapersRow, now: Date) {
  const nameOf = await departmentNamer(db);
  const objections = await listObjections(db, { visitId: row.id });
  return (await readEntityResults(db, row.id)).flatMap((result) => {
    const { result_code: resultCode, submitted_at: submittedAt } = result;
    if (resultCode === null || submittedAt === null) return [];
    return [
      {
        item: { code: result.item, name: result.name },
        department: nameOf(result.department),
        resultCode,
        resultLabel: RESULT_LABELS[resultCode as ResultCode],
        opinion: result.opinion,
        submittedAt: submittedAt.toISOString(),
        publishedAt: result.published_at?.toISOString() ?? null,
        mayObject: objectionRefusal(objectedOf(result, objections), now) === null,
        objectUntil: objectionEnd(result.published_at)?.toISOString() ?? null,
        objections: objections.filter((one) => one.item === result.item).map(saidOf),
      },
    ];
  });
}

export const objectedOf = (result: EntityResultRow, objections: readonly ObjectionRow[]): ObjectedResult => ({
  resultCode: result.result_code,
  publishedAt: result.published_at,
  objected: objections.filter((one) => one.item === result.item).map((one) => one.result_code),
});

const saidOf = (one: ObjectionRow) => ({
  reason: one.reason,
  askedAt: one.asked_at.toISOString(),
  dueAt: one.due_at.toISOString(),
  status: one.status,
  note: one.note,
  decidedAt: one.decided_at?.toISOString() ?? null,
});

export async function objectionsOf(db: Knex, row: PapersRow, actor: Actor) {
  const nameOf = await departmentNamer(db);
  const objections = await listObjections(db, { visitId: row.id });
  return Promise.all(
    objections.map(async (one) => {
      const mayDecide = one.status === 'open' && (await decides(db, row, one, actor));
      const relations: Relation[] =
        mayDecide || hasRoleIn(actor, one.department, 'approver', 'liaison') ? ['answers'] : [];
      return {
        id: one.id,
        ...saidOf(one),
        item: { code: one.item, name: one.item_name },
        department: nameOf(one.department),
        resultCode: one.result_code,
        resultLabel: RESULT_LABELS[one.result_code as ResultCode],
        contact: shownAs('objector', one.contact, relations),
        contactSight: sightOn('objector', relations),
        decidedBy: one.decided_by,
        mayDecide,
      };
    }),
  );
}

/** The heads who answer for an item of the visit: its inspection keeps its people from it. */
export async function answerersOf(
  db: Knex,
  { id, region_code: region }: Pick<PapersRow, 'id' | 'region_code'>,
  { item, department }: Pick<ObjectionRow, 'item' | 'department'>,
): Promise<number[]> {
  return decidersOf(db, { department, region }, await involvedIn(db, id, item));
}

export async function decides(
  db: Knex,
  row: Pick<PapersRow, 'id' | 'region_code'>,
  objection: Pick<ObjectionRow, 'item' | 'department'>,
  actor: Actor,
): Promise<boolean> {
  const { department } = objection;
  const region = row.region_code;
  const involved = await involvedIn(db, row.id, objection.item);
  const heads = await usersWith(db, { role: 'approver', department, regions: [region] });
  const leadingGroups = (await listDepartments(db))
    .filter((one) => one.kind === 'leading-group')
    .map((one) => one.code);
  return mayDecideUninvolved(actor, { department, region, heads, leadingGroups, involved });
}
