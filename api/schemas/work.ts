import { z } from 'zod';
import { METHODS } from '../../domain/visits/methods';
import { MAIL_STATUSES } from '../../domain/notices/delivery';
import { creditCode, day, departmentCode, instant, pageQuery, ref } from './common';
import { correction, publication } from './corrections';
import { resultDraft } from './drafts';
import { evidence, evidenceRules } from './evidence';
import { visitApproval } from './inspection-approvals';
import { checkFormSection } from './items';
import { sight } from './personal-data';
import { formAnswer, resultCode } from './results';
import { frequencyWarning } from './visit-frequency';

const method = z.enum(METHODS);

export const visitItem = z.object({
  item: ref,
  department: ref,
  resultCode: z.int().nullable(),
  opinion: z.string(),
  methods: z.array(method).meta({ description: 'what is to be tried first at the front' }),
  method: method.nullable().meta({ description: 'how it was inspected' }),
  submittedAt: instant.nullable(),
  submittedBy: z.string().nullable(),
});

export const visit = z
  .object({
    id: z.int(),
    campaign: ref,
    number: z.int(),
    entity: z.object({ creditCode, name: z.string(), regionCode: z.string(), address: z.string() }),
    visitOn: day.nullable(),
    needsVisit: z
      .boolean()
      .meta({ description: 'false: each item can be, or was, settled on paper or online' }),
    finishedAt: instant.nullable(),
    publishedAt: instant.nullable(),
    items: z.array(visitItem),
    inspectors: z.array(z.object({ code: z.string(), name: z.string(), department: departmentCode })),
    unfilled: z.array(z.object({ department: departmentCode, missing: z.int(), rule: z.string() })),
  })
  .meta({ id: 'Visit' });

export const visitDetail = visit
  .extend({
    contact: z
      .object({ name: z.string(), phone: z.string(), sight })
      .meta({ description: 'of the entity; clear to the team on the day of its visit' }),
    items: z.array(visitItem.extend({ answers: z.record(z.string(), z.unknown()) })),
    forms: z.array(
      z.object({
        item: z.string(),
        version: z.int(),
        sections: z.array(checkFormSection),
        opinions: z.array(z.string()),
      }),
    ),
    changes: z.array(z.string()).meta({ description: 'what changed since the draw and is to be handled' }),
    drafts: z.array(resultDraft).meta({ description: 'of items that the asking person may submit' }),
    evidence: z.array(evidence).meta({ description: 'photos and files that the asking person may see' }),
    evidenceRules,
    frequency: z
      .array(frequencyWarning)
      .meta({ description: 'of too frequent inspections; empty once the visit is done' }),
    approvals: z
      .array(visitApproval)
      .meta({ description: 'by department; empty where the campaign demands none' }),
    maySubmit: z.array(z.string()).meta({ description: 'items whose result the asking person may submit' }),
    corrections: z.array(correction).meta({ description: 'of results that were handed in, the first first' }),
    mayCorrect: z
      .array(z.string())
      .meta({ description: 'items whose result the asking person may ask to have corrected' }),
    publications: z.array(publication).meta({ description: 'what the public reads now, by item' }),
    mayChangePublication: z.array(z.string()).meta({
      description: 'items whose publication the asking person may ask to have corrected or withdrawn',
    }),
  })
  .meta({ id: 'VisitDetail' });

export const visitQuery = pageQuery.extend({
  campaign: z.string().max(40).optional(),
  entity: creditCode.optional(),
  department: departmentCode.optional(),
  mine: z.enum(['true', 'false']).default('false'),
  state: z.enum(['open', 'finished', 'all']).default('all'),
});

export const results = z
  .object({
    visitOn: day,
    results: z
      .array(
        z.object({
          item: z.string(),
          resultCode,
          opinion: z.string().max(1000).default(''),
          method: method
            .optional()
            .meta({ description: 'one of the item’s; default: on site where possible' }),
          answers: z.record(z.string(), formAnswer).default({}).meta({
            description:
              'by key of the question; a signature is the path of an SVG, photos are ids of evidence',
          }),
        }),
      )
      .min(1, '至少一个事项的结果'),
  })
  .meta({ id: 'Results' });

export const notice = z
  .object({
    id: z.int(),
    kind: z.string(),
    title: z.string(),
    lines: z.array(z.string()),
    campaign: z.string().nullable(),
    campaignName: z.string().nullable(),
    createdAt: instant,
    readAt: instant.nullable(),
    mail: z.enum(['waiting', 'none', ...MAIL_STATUSES]),
  })
  .meta({ id: 'Notice' });
