import { z } from 'zod';
import { departmentCode, instant, pageQuery, ppm, regionCode } from './common';

export const legalBasis = z.object({
  law: z.string().trim().min(1, '请写明法律法规名称').max(200),
  article: z.string().trim().max(100).default(''),
  text: z.string().trim().max(2000).default(''),
});

export const checkFormSection = z.object({
  title: z.string().min(1).max(100),
  questions: z
    .array(
      z.object({
        key: z.string().regex(/^[a-z0-9_-]+$/),
        text: z.string().min(1).max(500),
        type: z.enum(['yes-no', 'choice', 'number', 'text', 'measurement', 'signature', 'photo']),
        unit: z.string().max(20).optional().meta({ description: 'of a number or a measurement' }),
        options: z.array(z.string().max(100)).optional(),
        min: z
          .number()
          .optional()
          .meta({ description: 'least value in the range of a measurement; least number of photos' }),
        max: z
          .number()
          .optional()
          .meta({ description: 'greatest value in the range of a measurement; greatest number of photos' }),
        instrument: z.string().max(100).optional().meta({ description: 'what it is measured with' }),
        basis: z.string().max(500).optional(),
        standard: z.string().max(500).optional(),
      }),
    )
    .min(1, '每个部分至少一个检查内容'),
});

export const itemDraft = z
  .object({
    name: z.string().trim().min(1, '请填写事项名称').max(200),
    content: z.string().max(4000).default(''),
    category: z.enum(['key', 'general']),
    methods: z.array(z.enum(['on-site', 'documentary', 'online'])).min(1, '至少一种检查方式'),
    legalBases: z.array(legalBasis),
    objectTags: z.array(z.string().max(50)).default([]),
    objectRegions: z.array(regionCode).default([]),
    qualifications: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
    ratioPpm: ppm.nullable().default(null),
    statutoryRatioPpm: ppm.nullable().default(null),
    frequency: z.string().max(100).default(''),
    statutoryFrequency: z.string().max(100).default(''),
    changeReason: z.string().max(500).default(''),
    checkForm: z.array(checkFormSection).default([]),
    opinions: z
      .array(z.string().trim().min(1).max(200, '一条处理意见最长 200 字'))
      .max(30, '处理意见最多 30 条')
      .default([])
      .meta({ description: 'handling opinions that the check form offers' }),
  })
  .meta({ id: 'ItemDraft' });

export const itemCreation = z.object({
  code: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9-]*$/, '事项编号为大写字母、数字和短横')
    .max(40),
  departmentCode,
  draft: itemDraft,
});

export const item = z
  .object({
    code: z.string(),
    departmentCode,
    version: z.int(),
    status: z.enum(['draft', 'submitted', 'published', 'superseded', 'withdrawn']),
    name: z.string(),
    content: z.string(),
    category: z.enum(['key', 'general']),
    methods: z.array(z.string()),
    legalBases: z.array(z.object({ law: z.string(), article: z.string(), text: z.string() })),
    objectTags: z.array(z.string()),
    objectRegions: z.array(z.string()),
    qualifications: z.array(z.string()),
    ratioPpm: z.int().nullable(),
    statutoryRatioPpm: z.int().nullable(),
    frequency: z.string(),
    statutoryFrequency: z.string(),
    returnedReason: z.string().nullable(),
    publishedAt: instant.nullable(),
    changeReason: z.string(),
    endedAt: instant.nullable().meta({ description: 'superseded or withdrawn' }),
    endReason: z.string(),
    checkForm: z.array(checkFormSection),
    opinions: z.array(z.string()),
  })
  .meta({ id: 'Item' });

export const itemChanges = z
  .object({
    from: item,
    to: item,
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'ItemChanges' });

const version = z.coerce.number().int().positive().max(1_000_000);

export const twoVersions = z.object({ from: version, to: version });

/** A list as open data: of one department, or of the city. */
export const openListQuery = z.object({ department: departmentCode.optional() });

export const itemQuery = pageQuery.extend({
  department: departmentCode.optional(),
  status: z.enum(['draft', 'submitted', 'published', 'superseded', 'withdrawn']).optional(),
});
