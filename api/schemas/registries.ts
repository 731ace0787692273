import { z } from 'zod';
import { STATE_FIELDS } from '../../domain/registry/entity-changes';
import { FLAGS } from '../../domain/registry/risk';
import { creditCode, day, departmentCode, instant, pageQuery, regionCode } from './common';
import { sight } from './personal-data';
import { frequencyWarning } from './visit-frequency';

export const entity = z
  .object({
    creditCode,
    name: z.string(),
    status: z.enum(['active', 'revoked', 'cancelled', 'moved']),
    regionCode,
    entityType: z.string(),
    businessScope: z.string(),
    address: z.string(),
    establishedOn: day.nullable(),
    tags: z.array(z.string()),
    riskClass: z.enum(['A', 'B', 'C', 'D']),
    drawClass: z.enum(['A', 'B', 'C', 'D']),
    flags: z.array(z.enum(FLAGS)),
    complaints: z.int(),
    industryCode: z
      .string()
      .meta({ description: 'GB/T 4754 with its section, as H6210; empty where unknown' }),
    industry: z.string(),
    contactName: z.string(),
    contactPhone: z.string(),
    contactSight: sight,
    listedBy: z.array(departmentCode),
  })
  .meta({ id: 'Entity' });

export const entityFilter = z.object({
  q: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'part of the name, at least two characters; or the start of the credit code' }),
  region: regionCode.optional(),
  tag: z.string().max(50).optional(),
  status: entity.shape.status.optional(),
  drawClass: entity.shape.drawClass.optional(),
  industry: z
    .string()
    .regex(/^[A-T]([0-9]{2,4})?$/, '行业代码为门类字母加 0、2、3 或 4 位数字（GB/T 4754），如 H62')
    .optional(),
  flag: z.enum([...FLAGS, 'complaints']).optional(),
  department: departmentCode.optional().meta({ description: 'whose registry it is in' }),
  on: day.optional().meta({ description: 'as the registry was at the end of this day' }),
});

export const entityQuery = pageQuery.extend(entityFilter.shape);

export const entityCount = z.object({
  count: z.int(),
  isEstimate: z
    .boolean()
    .meta({ description: 'from the statistics of the database: it is too large to be counted' }),
});

export const registryDay = z
  .object({
    day,
    began: day.nullable().meta({ description: 'day of the first import' }),
    active: z.int(),
    departments: z.array(
      z.object({
        department: departmentCode,
        entities: z.int(),
        listed: z.int().meta({ description: 'of these, those that it listed and no tag brought in' }),
      }),
    ),
  })
  .meta({ id: 'RegistryDay' });

export const entityRecord = z
  .object({
    creditCode,
    on: day.nullable().meta({ description: 'the day it is shown as of; null: now' }),
    entity: entity.nullable().meta({ description: 'null: it was not in the registry' }),
    endedAt: instant.nullable().meta({ description: 'when it left the registry, if it did' }),
    classReasons: z.array(
      z.object({ because: z.enum([...FLAGS, 'complaints']), to: entity.shape.drawClass }),
    ),
    tags: z.array(
      z.object({
        tag: z.string(),
        label: z.string(),
        words: z.array(z.string()).meta({
          description: 'of the rule in force, by which the entity has the tag; empty: an import gave it',
        }),
      }),
    ),
    registries: z.array(
      z.object({
        department: departmentCode,
        because: z.enum(['tag', 'listed']),
        tags: z.array(z.string()).meta({ description: 'empty: an item inspects everybody' }),
      }),
    ),
    visitsOfYear: z.object({
      year: z.int(),
      visits: z.int(),
      cap: z.int().nullable().meta({ description: 'usual for its class; null: none' }),
    }),
    frequency: z.array(frequencyWarning),
    changes: z.array(
      z.object({
        at: instant,
        kind: z.enum(['entered', 'changed', 'left', 'returned']),
        import: z.object({ id: z.int(), fileName: z.string() }).nullable(),
        rule: z.string().nullable().meta({ description: 'the changed rule of a tag that caused it' }),
        caseId: z.int().nullable().meta({ description: 'the violation whose listing or repair caused it' }),
        by: z.string().nullable(),
        fields: z.array(
          z.object({
            field: z.enum(STATE_FIELDS),
            before: z.array(z.string()),
            after: z.array(z.string()),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'EntityRecord' });

export const importKind = z.enum(['entities', 'credit', 'inspectors', 'trainings', 'items']);

export const importQuery = z.object({
  mode: z.enum(['full', 'changes']).default('changes').meta({
    description: 'full: rows that are missing in the file are ended; changes: they stay as they are',
  }),
  dryRun: z.enum(['true', 'false']).default('false'),
  fileName: z.string().max(255).default('upload.csv'),
});

export const importListQuery = pageQuery.extend({ kind: importKind.optional() });

export const importRun = z
  .object({
    id: z.int(),
    kind: importKind,
    mode: z.enum(['full', 'changes', 'undo']),
    dryRun: z.boolean(),
    fileName: z.string(),
    encoding: z.string().nullable(),
    status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    phase: z
      .enum(['reading', 'comparing', 'writing'])
      .nullable()
      .meta({ description: 'while it is running' }),
    progress: z.int().min(0).max(100).meta({ description: 'in a hundred' }),
    rowsRead: z.int(),
    added: z.int(),
    changed: z.int(),
    ended: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    failure: z.string().nullable(),
    startedBy: z.string().nullable().meta({ description: 'name; null: from the console' }),
    cancellable: z.boolean(),
    own: z
      .boolean()
      .meta({ description: 'whether the caller may cancel it, undo it and see what was refused' }),
    undoable: z.boolean().meta({ description: 'the last of its kind, and not undone yet' }),
    undoOf: z.int().nullable().meta({ description: 'the import that this one takes back' }),
    undoneBy: z.int().nullable().meta({ description: 'the import that takes this one back' }),
    retryOf: z
      .int()
      .nullable()
      .meta({ description: 'the import whose rows, refused for their region, this one tries again' }),
    reason: z.string().nullable().meta({ description: 'of an undo' }),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Import' });

export const undoRequest = z.object({
  reason: z.string().trim().min(1, '请写明撤销的理由').max(200),
});

export const importTemplate = z
  .object({
    columns: z.array(
      z.object({ name: z.string(), required: z.boolean(), alternatives: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'ImportTemplate' });

export const importRefusal = z
  .object({
    rowNumber: z.int().meta({ description: 'line of the table, the header is row 1' }),
    column: z.string(),
    value: z.string(),
    reason: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportRefusal' });
