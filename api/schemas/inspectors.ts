import { z } from 'zod';
import { isMasked } from '../../domain/privacy/masks';
import { PHONE } from '../../domain/registry/inspector-row';
import { creditCode, day, departmentCode, instant, pageQuery, regionCode } from './common';
import { sight } from './personal-data';
import { keptTraining } from './trainings';

const status = z.enum(['active', 'leave', 'suspended', 'left']);

export const inspector = z
  .object({
    code: z.string(),
    departmentCode,
    name: z.string(),
    certificateNumber: z.string(),
    certificateSight: sight,
    certificateValidUntil: day,
    certificateValid: z.boolean().meta({ description: 'today' }),
    certificateExpiring: z.boolean().meta({ description: 'valid today, but for no more than 60 days' }),
    trainedUntil: day.nullable().meta({ description: 'last day that a training counts; null: none' }),
    trainingValid: z.boolean().meta({ description: 'today' }),
    trainingExpiring: z.boolean().meta({ description: 'valid today, but for no more than 60 days' }),
    regions: z.array(z.string()),
    qualifications: z.array(z.string()),
    capacity: z.int().nullable(),
    status,
  })
  .meta({ id: 'Inspector' });

const filters = z.object({
  q: z.string().max(100).optional().meta({
    description: 'part of the name, start of the code, or the whole number of the certificate',
  }),
  department: departmentCode.optional(),
  status: status.optional(),
  certificate: z.enum(['expired', 'expiring']).optional(),
  training: z.enum(['invalid', 'expiring']).optional().meta({
    description: 'invalid: none that counts today, or none at all',
  }),
  region: regionCode.optional().meta({ description: 'who serves it or a part of it' }),
});

export const inspectorQuery = pageQuery.extend(filters.shape);

export const inspectorExportQuery = filters.extend({
  personal: z.enum(['masked', 'clear']).default('masked').meta({
    description: 'clear: contacts and certificates of those whom the caller may see, put on record',
  }),
});

const reason = z.string().trim().min(1, '请写明理由').max(200, '理由不超过 200 字');

const facts = z.object({
  name: z.string().trim().min(1, '请填写姓名').max(50),
  departmentCode,
  certificateNumber: z
    .string()
    .trim()
    .min(1, '请填写执法证号')
    .max(50)
    .refine((number) => !isMasked(number), '执法证号是遮盖后的，请填写完整的号码'),
  certificateValidUntil: day,
  regions: z.array(regionCode).max(50).meta({ description: 'none: everywhere' }),
  qualifications: z
    .array(z.string().regex(/^[a-z0-9-]{1,50}$/, '资质用小写字母、数字和短横表示，如 special-equipment'))
    .max(50),
  capacity: z.int().min(1, '上限至少为 1').max(10_000).nullable(),
  status,
  email: z.email('不是邮箱地址，请核对').max(254).nullable(),
  phone: z.string().trim().regex(PHONE, '不是电话号码，请用数字、空格和短横').or(z.literal('')),
});

export const inspectorEdit = facts.extend({ reason }).meta({ id: 'InspectorEdit' });

export const inspectorCreation = inspectorEdit
  .extend({ code: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, '编号只能用字母、数字和短横，最长 40 位') })
  .meta({ id: 'InspectorCreation' });

export const exclusion = z
  .object({ inspector: z.string().min(1), creditCode, reason })
  .meta({ id: 'Exclusion' });

export const exclusionEnd = z.object({ reason });

export const keptExclusion = exclusion
  .extend({
    id: z.int(),
    entityName: z.string(),
    kind: z.enum(['declared', 'ordered']),
    declaredBy: z.string().nullable(),
    declaredAt: instant,
    endedBy: z.string().nullable(),
    endedAt: instant.nullable(),
    endReason: z.string().nullable(),
    mayEnd: z.boolean().meta({ description: 'by who asks' }),
  })
  .meta({ id: 'KeptExclusion' });

export const inspectorFile = z
  .object({
    email: z.string().nullable(),
    phone: z.string(),
    contactSight: sight,
    mayEdit: z.boolean(),
    mayDeclare: z.boolean().meta({ description: 'recusals of this inspector' }),
    versions: z.array(
      z.object({
        at: instant,
        by: z.string().nullable(),
        reason: z.string().nullable(),
        import: z.int().nullable(),
        ended: z.boolean(),
        changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
      }),
    ),
    exclusions: z.array(keptExclusion),
    trainings: z.array(keptTraining),
    trainingRequired: z.boolean().meta({ description: 'by the city’s policy of today' }),
    workload: z.object({ open: z.int(), doneThisYear: z.int() }),
    visits: z
      .array(
        z.object({
          id: z.int(),
          number: z.int(),
          campaign: z.object({ code: z.string(), name: z.string() }),
          entity: z.object({ creditCode, name: z.string() }),
          visitOn: day.nullable(),
          finishedAt: instant.nullable(),
        }),
      )
      .meta({ description: 'of the newest campaigns, at most 100' }),
  })
  .meta({ id: 'InspectorFile' });
