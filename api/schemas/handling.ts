import { z } from 'zod';
import { HANDLING_STATUSES, HANDLING_STEPS } from '../../domain/handling/course';
import { handlingPolicy } from '../../domain/handling/policy';
import { stepFacts } from '../../domain/handling/step-facts';
import { creditCode, day, departmentCode, instant, pageQuery, ref, regionCode } from './common';

const track = z.enum(['rectification', 'abnormal-list', 'serious-list', 'penalty']);

const owed = z.object({
  kind: z.string(),
  title: z.string(),
  department: z.string(),
  assignee: z.string().nullable(),
  dueAt: instant,
  overdue: z.boolean(),
});

export const handlingCase = z
  .object({
    id: z.int(),
    campaign: ref,
    visitId: z.int(),
    visitNumber: z.int(),
    creditCode: z.string(),
    entityName: z.string(),
    regionCode: z.string(),
    item: ref,
    department: ref,
    resultCode: z.int(),
    track,
    status: z.enum(HANDLING_STATUSES),
    outcome: z.string().nullable(),
    openedAt: instant,
    closedAt: instant.nullable(),
    next: owed.nullable().meta({ description: 'what is owed first, and by whom' }),
  })
  .meta({ id: 'HandlingCase' });

const jointNotice = z.object({
  id: z.int(),
  department: ref,
  measures: z.string(),
  issuedAt: instant,
  status: z.enum(['issued', 'answered', 'lifting', 'lifted', 'withdrawn']),
  taken: z.boolean().nullable(),
  measure: z.string(),
  actedOn: day.nullable(),
  note: z.string(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  liftedOn: day.nullable(),
  liftNote: z.string(),
  liftedAt: instant.nullable(),
  mayAnswer: z.boolean(),
  mayLift: z.boolean(),
});

export const creditRecord = z
  .object({
    id: z.int(),
    caseId: z.int(),
    creditCode: z.string(),
    entityName: z.string(),
    regionCode: z.string(),
    drawClass: z.enum(['A', 'B', 'C', 'D']),
    kind: z.enum(['rectified', 'penalty', 'settled', 'abnormal-operations', 'serious-violation']),
    what: z.string(),
    basis: z.string(),
    department: ref,
    recordedOn: day,
    countsUntil: day.nullable().meta({ description: 'null: as long as the entity is listed' }),
    publishedAt: instant.nullable().meta({ description: 'when the result was made public' }),
    correctedAt: instant.nullable(),
    correctedBy: z.string().nullable(),
    correction: z.string().nullable(),
    mayCorrect: z.boolean(),
  })
  .meta({ id: 'CreditRecord' });

export const handlingCaseDetail = handlingCase
  .extend({
    keeper: ref.nullable().meta({ description: 'the department that keeps the list' }),
    hearingUntil: instant.nullable(),
    listedAt: instant.nullable(),
    listEndsAt: instant.nullable(),
    repairFrom: instant.nullable(),
    publishedAt: instant.nullable(),
    owed: z.array(owed),
    timeline: z.array(
      z.object({
        at: instant,
        kind: z.string(),
        actor: z.string().nullable(),
        note: z.string(),
        facts: stepFacts.extend({ department: z.string().optional() }),
      }),
    ),
    joint: z.array(jointNotice),
    credit: z.array(creditRecord),
    possibleSteps: z
      .array(z.enum(HANDLING_STEPS))
      .meta({ description: 'what the asking person may enter now' }),
    limits: z.object({ rectificationDays: z.int(), extensionDays: z.int(), suggestedDays: z.int() }),
  })
  .meta({ id: 'HandlingCaseDetail' });

export const handlingCaseFilter = z.object({
  campaign: z.string().max(40).optional(),
  visit: z.coerce.number().int().optional(),
  entity: creditCode.optional(),
  department: departmentCode.optional(),
  region: regionCode.optional(),
  track: track.optional(),
  status: z.enum([...HANDLING_STATUSES, 'unsettled']).optional(),
  overdue: z.enum(['true', 'false']).default('false'),
});

export const handlingCaseQuery = pageQuery.extend(handlingCaseFilter.shape);

export const handlingStep = stepFacts
  .extend({
    step: z.enum(HANDLING_STEPS),
    note: z.string().trim().min(1, '请写明情况').max(2000),
  })
  .meta({ id: 'HandlingStep' });

export const creditRecordQuery = pageQuery.extend({
  entity: creditCode.optional(),
  department: departmentCode.optional(),
  region: regionCode.optional(),
  kind: creditRecord.shape.kind.optional(),
  public: z.enum(['true', 'false']).optional(),
  counting: z.enum(['true', 'false']).default('false'),
});

export const creditCorrection = z.object({
  reason: z.string().trim().min(5, '请写明更正的理由').max(1000),
});

const keptPolicy = z.object({
  version: z.int().meta({ description: '0: the defaults' }),
  content: handlingPolicy,
  reason: z.string(),
  author: z.string().nullable(),
  createdAt: instant.nullable(),
});

export const handlingPolicies = z
  .object({ rows: z.array(keptPolicy), mayEdit: z.boolean() })
  .meta({ id: 'HandlingPolicies' });

export const handlingPolicyBody = z.object({
  content: handlingPolicy,
  reason: z.string().trim().min(2, '请写明修改的理由').max(500),
  /** The version that was changed: another one may have come since. */
  basedOn: z.int(),
});
