import { z } from 'zod';
import { SIMULATION_MARKING } from '../../domain/simulation/seed';
import { departmentCode, instant, ppm, regionCode } from './common';

export const simulationBody = z
  .object({
    runs: z.int().min(1).max(200).default(20).meta({ description: 'dry runs, each with a seed of its own' }),
    value: z
      .string()
      .trim()
      .min(1)
      .max(100)
      // By name (`\P{Cc}`) programs that make requests from the document can't follow.
      // eslint-disable-next-line no-control-regex -- keeping them out is the point
      .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, '不能含有控制字符')
      .optional()
      .meta({ description: 'a made-up value to repeat a simulation; left out: a new one' }),
    visitsPerDay: z
      .int()
      .min(1)
      .max(20)
      .default(3)
      .meta({ description: 'visits of one inspector on a day, for person-days' }),
  })
  .meta({ id: 'SimulationOrder' });

const spread = z.object({ average: z.number(), min: z.number(), max: z.number() });
const lineCount = z.int();

const result = z.object({
  population: lineCount,
  capped: lineCount.meta({ description: 'entities that the yearly cap takes out, from an item at least' }),
  runs: z.int().meta({ description: 'runs that were carried out within the time there is' }),
  matchedRuns: z
    .int()
    .meta({ description: 'runs whose inspectors were matched: workloads and gaps come from these' }),
  visits: spread,
  visitsApart: spread.meta({ description: 'visits if every department drew for itself' }),
  saved: spread,
  personVisits: spread,
  personDays: z.number(),
  lines: z.array(
    z.object({
      item: z.string().meta({ description: '`*`: the stratum as a whole' }),
      stratum: z.string(),
      population: lineCount,
      ratioPpm: ppm.nullable(),
      sample: lineCount.nullable().meta({ description: 'null where the line has no sample of its own' }),
      expected: z.number().meta({ description: 'visits: exact where the rules give them, else the average' }),
      min: lineCount,
      max: lineCount,
    }),
  ),
  departments: z.array(
    z.object({
      code: departmentCode,
      teamSize: z.int(),
      visits: spread,
      visitsApart: spread,
      personVisits: spread,
      personDays: z.number(),
      inspectors: z.int(),
      capacity: z.int().nullable().meta({ description: 'visits of all its inspectors; null: no limit' }),
      largestWorkload: spread,
      unfilled: spread,
    }),
  ),
  classes: z.array(
    z.object({
      department: departmentCode,
      regions: z.array(regionCode),
      qualifications: z.array(z.string()),
      inspectors: z.int(),
      capacity: z.int().nullable(),
      personVisits: spread,
    }),
  ),
  starving: z
    .array(z.object({ department: departmentCode, rule: z.string(), label: z.string(), missing: spread }))
    .meta({ description: 'slots that could not be filled, with the rule that starves them' }),
});

const summary = z.object({
  marking: z.literal(SIMULATION_MARKING),
  id: z.int(),
  campaign: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  runs: z.int(),
  runsDone: z.int(),
  value: z.string(),
  visitsPerDay: z.int(),
  startedBy: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  failure: z.string().nullable(),
  isCurrent: z.boolean().meta({ description: 'false: plan or items have been changed since' }),
});

export const simulationSummary = summary.meta({ id: 'SimulationSummary' });
export const simulation = summary.extend({ result: result.nullable() }).meta({ id: 'Simulation' });
