import { z } from 'zod';
import { DAY_PARTS } from '../../domain/visits/visit-days';
import { day, departmentCode, instant, ref } from './common';
import { entityResult, objection } from './objections';

const inspectorOnNotice = z.object({
  code: z.string(),
  name: z.string(),
  certificate: z.string().meta({ description: 'number of the law-enforcement certificate' }),
  recusal: z
    .enum(['requested', 'granted', 'refused'])
    .nullable()
    .meta({ description: 'null: nobody has asked for it' }),
});

/** What the entity is told: of the inspectors no more than name, department and certificate. */
const noticeFacts = z.object({
  number: z.int(),
  campaign: ref,
  entity: z.object({ name: z.string(), creditCode: z.string(), address: z.string() }),
  day: day.nullable(),
  part: z.enum(DAY_PARTS).nullable(),
  isDayFixed: z.boolean(),
  window: z.object({ from: day, to: day }),
  departments: z.array(
    z.object({
      department: ref,
      items: z.array(
        z.object({ code: z.string(), name: z.string(), content: z.string(), bases: z.array(z.string()) }),
      ),
      inspectors: z.array(inspectorOnNotice),
    }),
  ),
  visitsOfYear: z.object({
    year: z.int(),
    visits: z.int().meta({ description: 'over all campaigns, this one included' }),
    cap: z.int().nullable().meta({ description: 'null: none for this class' }),
  }),
  trace: z
    .object({
      arrivedAt: instant,
      arrivalBy: z.string().nullable().meta({ description: 'null: the entity itself' }),
      arrivalReason: z.string(),
      people: z.array(z.object({ code: z.string(), name: z.string(), department: departmentCode })),
      leftAt: instant.nullable(),
      leavingBy: z.string().nullable(),
      leavingReason: z.string(),
    })
    .nullable(),
  rating: z.object({ stars: z.int(), remark: z.string(), at: instant }).nullable(),
});

const recusalRequest = z.object({
  id: z.int(),
  inspector: ref,
  department: ref,
  reason: z.string(),
  askedAt: instant,
  status: z.enum(['requested', 'granted', 'refused']),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string(),
  mayDecide: z.boolean(),
});

export const visitPapers = noticeFacts
  .extend({
    noticeIssuedAt: instant.nullable().meta({ description: 'null: no notice is out' }),
    recusals: z.array(recusalRequest),
    objections: z.array(objection),
    mayIssue: z.boolean(),
    mayRecord: z.boolean().meta({ description: 'arrival and leaving, in the place of the entity' }),
  })
  .meta({ id: 'VisitPapers' });

export const codeWish = z
  .object({
    purpose: z.enum(['notice', 'on-site']).meta({
      description: 'notice: for the paper; on-site: shown on the inspectors’ phone, valid for the day',
    }),
  })
  .meta({ id: 'VisitCodeWish' });

export const visitCode = z
  .object({
    code: z
      .string()
      .meta({ description: 'only in this answer: it is kept nowhere', example: '7K2M-9QXD-30VB-TH5E-W8NA' }),
    url: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'VisitCode' });

const why = z.string().trim().min(2, '请写明原因').max(300);

export const recordedArrival = z
  .object({ reason: why, people: z.array(z.string()).min(1).max(30) })
  .meta({ id: 'RecordedArrival' });

export const recordedLeaving = z.object({ reason: why }).meta({ id: 'RecordedLeaving' });

export const recusalDecision = z
  .object({ grants: z.boolean(), note: z.string().trim().min(2, '请写明理由').max(500) })
  .meta({ id: 'RecusalDecision' });

const code = z
  .string()
  .max(60)
  .meta({ description: 'of the notice or the inspectors’ phone', example: '7K2M-9QXD-30VB-TH5E-W8NA' });

export const openNotice = noticeFacts
  .extend({
    results: z.array(entityResult),
    mayAskRecusal: z.boolean(),
    mayConfirmArrival: z.boolean(),
    mayConfirmLeaving: z.boolean(),
    mayRate: z.boolean(),
  })
  .meta({ id: 'OpenVisitNotice' });

export const codeBody = z.object({ code }).meta({ id: 'NoticeCode' });

export const recusalBody = z
  .object({
    code,
    inspector: z.string().max(40),
    reason: z.string().trim().min(5, '请写明理由（至少 5 个字）').max(500),
  })
  .meta({ id: 'RecusalRequest' });

export const arrivalBody = z
  .object({ code, people: z.array(z.string()).min(1, '请选择到场的检查人员').max(30) })
  .meta({ id: 'ArrivalConfirmation' });

export const ratingBody = z
  .object({ code, stars: z.int().min(1).max(5), remark: z.string().trim().max(500).default('') })
  .meta({ id: 'VisitRating' });
