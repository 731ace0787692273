import type { Knex } from 'knex';
import { readContact, readOwnVisits } from '../../db/entity-contacts';
import { readEvidenceOf, readVisitScope } from '../../db/evidence';
import { readPublications } from '../../db/publication';
import { readChangesOf } from '../../db/registry-changes';
import { readDraftsOf } from '../../db/result-drafts';
import { readTeamMember } from '../../db/results';
import { readAnswersOf, readForms, type VisitRow } from '../../db/visit-views';
import { TAKES_RESULTS } from '../../domain/campaigns';
import { EVIDENCE_TYPES } from '../../domain/evidence/types';
import { dayOf } from '../../domain/deadlines/working-days';
import { shortageWords } from '../../domain/matching/shortage-words';
import { mayAskCorrection, mayEnterResult } from '../../domain/permissions/rules';
import { relationsToEntity, shownAs, sightOn } from '../../domain/privacy/fields';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { approvalState } from '../../domain/visits/approvals';
import { inOrder, needsVisit } from '../../domain/visits/methods';
import { changeHint } from '../../domain/visits/registry-changes';
import type { ApiContext } from '../context';
import { draftOf } from '../routes/drafts';
import { evidenceOf, readableEvidence } from '../routes/evidence';
import { approvalsOfVisit } from './approvals';
import { correctionsOf } from './corrections';
import { publicationOf } from './publications';
import { frequencyOf, frequencyOfVisits } from './frequency';
import { seenVisit } from './seen-visit';

/** Everything that a visit's page shows, and what the asking person may do. */
export async function visitDetail({ db, now, evidence: { policy } }: ApiContext, id: number, actor: Actor) {
  const row = await seenVisit(db, id, actor);
  const member = await readTeamMember(db, id, actor.id);
  const answers = await readAnswersOf(db, id);
  const visit = visitOf(row);
  const approvals = await approvalsOfVisit(db, row);
  const unapproved = approvals.filter((one) => one.status !== 'approved').map((one) => one.department);
  const maySubmit = row.items
    .filter(
      (item) =>
        TAKES_RESULTS.includes(row.stage) &&
        item.result_code === null &&
        !unapproved.includes(item.department) &&
        mayEnterResult(actor, item.department, member),
    )
    .map((item) => item.code);
  const leadDepartment = (await readVisitScope(db, id))?.leadDepartment ?? '';
  const corrections = await correctionsOf(db, { ...row, leadDepartment }, actor, member);
  const underWay = corrections.filter((one) => ['requested', 'returned'].includes(one.status));
  const publications = await readPublications(db, id);
  const mayRead = await readableEvidence(db, id, actor);
  return {
    ...visit,
    contact: await contactOf(db, row, actor, dayOf(now())),
    items: visit.items.map((one) => ({ ...one, answers: answers.get(one.item.code) ?? {} })),
    forms: (await readForms(db, id)).map(({ item, version, sections, opinions }) => ({
      item,
      version,
      sections: sections as never[],
      opinions,
    })),
    changes: (await readChangesOf(db, id)).map(({ kind, params }) => changeHint(kind, params)),
    frequency: row.finished_at === null ? frequencyOf((await frequencyOfVisits(db, [id])).get(id) ?? []) : [],
    approvals: approvals.map((one) => {
      const state = approvalState(one);
      return {
        department: { code: one.department, name: one.department_name },
        state,
        ...{ note: one.note, decidedBy: one.decided_by, decidedAt: one.decided_at?.toISOString() ?? null },
        mayAnswer: state === 'returned' && hasRoleIn(actor, one.department, 'liaison'),
      };
    }),
    maySubmit,
    corrections,
    mayCorrect: row.items
      .filter(
        (item) =>
          item.result_code !== null &&
          mayEnterResult(actor, item.department, member) &&
          !underWay.some((one) => one.item === item.code),
      )
      .map((item) => item.code),
    publications: publications.map(publicationOf),
    mayChangePublication: row.items
      .filter(({ code, department }) => {
        const scope = { department, leadDepartment, region: row.region_code };
        return (
          publications.some((one) => one.item_code === code) &&
          mayAskCorrection(actor, 'publication', scope, member) &&
          !underWay.some((one) => one.item === code)
        );
      })
      .map((item) => item.code),
    drafts: (await readDraftsOf(db, id)).filter((one) => maySubmit.includes(one.item_code)).map(draftOf),
    evidence: (await readEvidenceOf(db, id))
      .filter(mayRead)
      .map((one) => evidenceOf(one, actor, maySubmit.includes(one.item_code))),
    evidenceRules: {
      fileBytes: policy.fileBytes,
      visitBytes: policy.visitBytes,
      mediaTypes: policy.types.map((type) => EVIDENCE_TYPES[type].mediaType),
      keepsOriginals: policy.keepsOriginals,
    },
  };
}

/** Whom to call at the entity; clear to those who are on their way. */
async function contactOf(db: Knex, row: VisitRow, actor: Actor, today: string) {
  const contact = await readContact(db, row.credit_code);
  const own = await readOwnVisits(db, actor.id, row.credit_code, today);
  const relations = relationsToEntity(actor, row.region_code, own);
  return {
    name: shownAs('contactName', contact.name, relations),
    phone: shownAs('contactPhone', contact.phone, relations),
    sight: sightOn('contactPhone', relations),
  };
}

export const visitOf = (row: VisitRow) => ({
  id: row.id,
  campaign: { code: row.campaign_code, name: row.campaign_name },
  number: row.number,
  entity: {
    creditCode: row.credit_code,
    name: row.entity_name,
    regionCode: row.region_code,
    address: row.address,
  },
  visitOn: row.visit_on,
  needsVisit: needsVisit(row.items),
  finishedAt: row.finished_at?.toISOString() ?? null,
  publishedAt: row.published_at?.toISOString() ?? null,
  items: row.items.map((item) => ({
    item: { code: item.code, name: item.name },
    department: { code: item.department, name: item.department_name },
    resultCode: item.result_code,
    opinion: item.opinion,
    methods: inOrder(item.methods),
    method: item.method,
    submittedAt: item.submitted_at === null ? null : new Date(item.submitted_at).toISOString(),
    submittedBy: item.submitted_by,
  })),
  inspectors: row.inspectors,
  unfilled: row.unfilled.map(({ department, missing, rule, tight_set }) => ({
    department,
    missing,
    rule: shortageWords(rule, tight_set),
  })),
});
