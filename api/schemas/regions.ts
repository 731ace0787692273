import { z } from 'zod';
import { day, instant, regionCode } from './common';
import { importKind } from './registries';

const reason = z.string().trim().min(1, '请写明理由').max(500);

export const keptRegion = z
  .object({
    code: regionCode,
    name: z.string(),
    parentCode: regionCode.nullable(),
    isNamed: z.boolean().meta({ description: 'false: a file brought the code in, and nobody named it yet' }),
    entities: z.int().meta({ description: 'in operation, of this code itself' }),
    entitiesWithin: z.int().meta({ description: 'in operation, with all regions below it' }),
    inspectors: z.int().meta({ description: 'that name it as one they serve' }),
  })
  .meta({ id: 'KeptRegion' });

export const regionMove = z
  .object({
    oldCode: z.string(),
    newCode: regionCode,
    newName: z.string(),
    since: day.nullable(),
    reason: z.string(),
    by: z.string().nullable().meta({ description: 'null: it came with the system' }),
    at: instant,
    used: z.int().meta({ description: 'cells of files that were read as the new code' }),
    entitiesLeft: z.int().meta({ description: 'in operation and still under the old code' }),
  })
  .meta({ id: 'RegionMove' });

const unknownRegion = z.object({
  code: z.string(),
  rows: z.int(),
  firstSeen: instant,
  lastSeen: instant,
  imports: z.array(
    z.object({
      id: z.int(),
      fileName: z.string(),
      rows: z.int(),
      sample: z.object({
        rowNumber: z.int(),
        text: z.string().meta({ description: 'the beginning of the first such row' }),
      }),
    }),
  ),
});

export const regionBook = z
  .object({
    regions: z.array(keptRegion),
    moves: z.array(regionMove),
    unknown: z.array(unknownRegion),
    retries: z
      .array(
        z.object({
          importId: z.int(),
          kind: importKind,
          fileName: z.string(),
          rows: z.int().meta({ description: 'refused for a region that is known by now' }),
          obstacle: z.string().nullable().meta({ description: 'why they can not be tried again' }),
        }),
      )
      .meta({ description: 'imports with refused rows whose regions are known by now' }),
  })
  .meta({ id: 'RegionBook' });

export const regionBody = z.object({
  name: z.string().trim().min(1, '请填写名称').max(50, '名称最多 50 个字'),
  reason,
  basedOn: z.string().nullable().meta({ description: 'the name that was changed; null: the region is new' }),
});

export const regionMoveBody = z.object({
  newCode: regionCode,
  since: day.nullable(),
  reason,
  basedOn: regionCode
    .nullable()
    .meta({ description: 'the new code that was corrected; null: not mapped yet' }),
});

export const regionRemoval = z.object({ reason });

export const oldRegionCode = z.string().regex(/^[0-9A-Za-z]{1,20}$/, '旧代码为 1 到 20 位数字或字母');
