import { z } from 'zod';
import { DRAW_CLASSES } from '../../domain/policies/parts';
import { industryRisk, level, stratumName } from './campaigns';
import { ppm, ref, regionCode } from './common';
import { policyDraft, policyVersion } from './policy-versions';

const policyRow = z.object({
  region: regionCode.nullable().meta({ description: 'null: wherever no other row is nearer' }),
  drawClass: z.enum(DRAW_CLASSES),
  level: level.nullable().default(null).meta({ description: 'null: whatever the industry' }),
  ratioPpm: ppm,
  cap: z.int().min(1).max(365).nullable().meta({ description: 'visits a year; null: no cap' }),
});

export const ratioPolicyBody = policyDraft
  .extend({
    rows: z.array(policyRow).min(1).max(400).meta({
      description: 'the most specific counts: a row with a level before one without, then the nearest region',
    }),
    industries: z.array(industryRisk).max(200).default([]).meta({
      description: 'the highest level of its tags is that of an entity; with none of these it is normal',
    }),
    trainingRequired: z.boolean().default(false).meta({
      description: 'campaigns planned by it freeze only inspectors with a training that counts',
    }),
  })
  .meta({ id: 'RatioPolicyBody' });

export const ratioPolicy = policyVersion
  .extend({
    rows: z.array(policyRow),
    industries: z.array(industryRisk),
    trainingRequired: z.boolean(),
  })
  .meta({ id: 'RatioPolicy' });

export const ratioPolicyList = z.object({
  rows: z.array(ratioPolicy),
  preset: z.array(policyRow).meta({ description: 'what counts where no version is in force' }),
  mayCreate: z.boolean(),
});

export const policyTrial = z.object({
  items: z.array(z.string().max(40)).max(200).default([]).meta({
    description: 'none: every entity in operation, as if one item were about all of them',
  }),
  regions: z.array(regionCode).min(1, '至少一个地区').max(100),
});

/** Codes are ASCII: an address with as many as there may be stays below what servers take (docs/security/limits.md). */
const listed = (what: string, one: z.ZodString, least: number) =>
  z
    .string()
    .max(9000)
    .regex(/^[A-Z0-9,-]*$/, '应为以逗号分隔的代码')
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(one).min(least).max(200))
    .meta({ description: `${what}, separated by commas` });

export const policyCappedQuery = z.object({
  items: listed('codes of published items', z.string().min(1).max(40), 0).default([]),
  regions: listed('codes of regions', regionCode, 1),
});

const part = z.object({
  drawClass: z.enum(DRAW_CLASSES),
  region: ref.nullable().meta({ description: 'null: all regions asked about' }),
  level: level.nullable(),
  ratioPpm: ppm,
  cap: z.int().nullable(),
});

const policyStratum = part.extend({ stratum: stratumName });

export const policyStrataQuery = z.object({
  regions: listed('codes of regions', regionCode, 1),
});

export const policyStrata = z
  .object({
    version: z.int().nullable().meta({ description: 'the version in force today; null: the preset' }),
    rows: z.array(policyStratum),
  })
  .meta({ id: 'PolicyStrata' });

export const policyOutcome = z
  .object({
    population: z.int(),
    apart: z.number().meta({ description: 'expected visits of the items one by one' }),
    joint: z.number(),
    strata: z.array(
      policyStratum.extend({
        population: z.int(),
        sample: z.int().meta({ description: 'what the items draw, one by one' }),
        visits: z.number(),
        atCap: z.int().meta({
          description: 'entities that the cap takes an item from: they had their visits of this year',
        }),
      }),
    ),
    departments: z.array(z.object({ department: ref, visits: z.number() })),
    regions: z.array(z.object({ region: ref, visits: z.number() })),
  })
  .meta({ id: 'PolicyOutcome' });

export const policyComparisonBody = policyTrial.extend({
  other: z.int().min(0).meta({ description: 'the version that it is compared with; 0: the preset' }),
});

const rowEffect = part.extend({ sample: z.int(), visits: z.number() }).meta({
  description: 'the row of the version that counts for these entities',
});

export const policyComparison = z
  .object({
    before: policyOutcome,
    after: policyOutcome,
    differences: z.array(
      z.object({
        population: z.int(),
        before: rowEffect,
        after: rowEffect,
      }),
    ),
  })
  .meta({ id: 'PolicyComparison' });
