import { z } from 'zod';
import { departmentCode, ppm, ref } from './common';

export const mergingReport = z
  .object({
    campaign: z.string(),
    mode: z.enum(['joint', 'per_item']),
    sentence: z.string().meta({ description: 'the report in one sentence, in Chinese' }),
    seed: z.string(),
    visits: z.int(),
    visitsApart: z
      .int()
      .meta({ description: 'visits if every department had drawn for itself, same ratios' }),
    saved: z.int(),
    entitiesApart: z.int(),
    timesApart: z
      .array(z.object({ times: z.int(), entities: z.int() }))
      .meta({ description: 'how many entities would have been visited how often' }),
    personVisits: z.int(),
    personVisitsApart: z.int(),
    departments: z.array(
      z.object({
        code: departmentCode,
        name: z.string(),
        teamSize: z.int(),
        visits: z.int(),
        visitsApart: z.int(),
        personVisits: z.int(),
        personVisitsApart: z.int(),
        seedApart: z.string(),
      }),
    ),
    lines: z.array(
      z.object({
        item: ref.meta({ description: '`*`: all items together (mode joint)' }),
        department: z.string().nullable(),
        stratum: z.string(),
        size: z.int(),
        ratioPpm: ppm,
        minimum: z.int(),
        sample: z.int().meta({ description: 'what the ratio demands' }),
        drawn: z.int(),
        met: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'MergingReport' });
