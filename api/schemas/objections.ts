import { z } from 'zod';
import { OBJECTION_STATES } from '../../domain/visits/objections';
import { instant, ref } from './common';
import { sight } from './personal-data';

const said = z.object({
  reason: z.string(),
  askedAt: instant,
  dueAt: instant.meta({ description: 'until when it is answered' }),
  status: z.enum(OBJECTION_STATES),
  note: z.string().meta({ description: 'the reasons of the answer' }),
  decidedAt: instant.nullable(),
});

/** On the page that the code of a notice opens. */
export const entityResult = z.object({
  item: ref,
  department: ref,
  resultCode: z.int(),
  resultLabel: z.string(),
  opinion: z.string(),
  submittedAt: instant,
  publishedAt: instant.nullable(),
  mayObject: z.boolean(),
  objectUntil: instant
    .nullable()
    .meta({ description: 'null: it is not published yet, and nothing runs out' }),
  objections: z.array(said),
});

/** On the visit's page. */
export const objection = said.extend({
  id: z.int(),
  item: ref,
  department: ref,
  resultCode: z.int(),
  resultLabel: z.string(),
  contact: z.string().meta({ description: 'masked; empty: none was given' }),
  contactSight: sight,
  decidedBy: z.string().nullable(),
  mayDecide: z.boolean(),
});

export const objectionBody = z
  .object({
    code: z.string().max(60).meta({ description: 'of the notice', example: '7K2M-9QXD-30VB-TH5E-W8NA' }),
    item: z.string().max(40),
    reason: z.string().trim().min(5, '请写明理由（至少 5 个字）').max(1000),
    contact: z.string().trim().max(40).default('').meta({ description: 'a name; never published' }),
  })
  .meta({ id: 'ObjectionBody' });

export const objectionDecision = z
  .object({ upholds: z.boolean(), note: z.string().trim().min(2, '请写明理由').max(1000) })
  .meta({ id: 'ObjectionDecision' });
