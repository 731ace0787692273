import { z } from 'zod';
import { creditCode, departmentCode, day, instant, ref, regionCode } from './common';

export const statisticsQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional().meta({ description: 'of the freeze' }),
  campaign: z.string().max(40).optional(),
  region: regionCode.optional(),
});

export const groomingQuery = statisticsQuery.extend({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(90)
    .default(30)
    .meta({ description: 'how long before and after a freeze is looked at' }),
});

const tail = z.number().min(0).max(1).nullable();
const count = z.int().min(0);

const reached = z.object({
  entities: count.meta({ description: 'in operation in the registry now' }),
  populations: count.meta({ description: 'in a population of the draws asked about' }),
  drawn: count,
  visited: count.meta({ description: 'visit finished' }),
});

export const coverageReport = z
  .object({
    draws: count,
    longStandingYears: z.int(),
    cells: z.array(reached.extend({ region: ref, drawClass: z.string(), neverDrawn: count })),
    departments: z.array(reached.extend({ department: ref })),
    items: z.array(reached.extend({ item: ref, department: z.string() })),
    neverDrawn: z
      .array(
        z.object({ creditCode, name: z.string(), region: ref, drawClass: z.string(), establishedOn: day }),
      )
      .meta({ description: 'the first of them, in the order of the registry' }),
  })
  .meta({ id: 'CoverageReport' });

export const chanceReport = z
  .object({
    draws: z.array(
      z.object({ campaign: ref, frozenAt: instant, mode: z.enum(['joint', 'per_item']), sample: count }),
    ),
    entities: count,
    groups: z.array(
      z.object({
        kind: z.enum(['all', 'stratum', 'region', 'item']),
        group: ref,
        chances: count.meta({ description: 'times that one of its entities was in a population' }),
        observed: count,
        expected: z.number(),
        deviation: z.number(),
        tail: tail.meta({ description: 'two-sided; null: the rules leave nothing to chance' }),
        isFlagged: z.boolean(),
        isBroken: z.boolean().meta({ description: 'not the number that the rules fix' }),
      }),
    ),
    times: z.array(z.object({ times: count, observed: count, expected: z.number() })),
    test: z
      .object({ statistic: z.number(), degrees: z.int(), tail: z.number() })
      .nullable()
      .meta({ description: 'chi-square; null: too few to tell' }),
    often: z.array(
      z.object({
        creditCode,
        name: z.string(),
        times: count,
        draws: count,
        expected: z.number(),
        tail: z.number(),
        isFlagged: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ChanceReport' });

export const inspectorReport = z
  .object({
    draws: count,
    rows: z.array(
      z.object({
        inspector: z.string(),
        name: z.string(),
        department: z.object({ code: departmentCode, name: z.string() }),
        draws: count,
        observed: z.int(),
        expected: z.number(),
        low: z.int().meta({ description: '95 times of 100 it is between low and high' }),
        high: z.int(),
        tail: tail.meta({ description: 'null: nobody was interchangeable with them' }),
        isFlagged: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'InspectorReport' });

const compared = z.object({
  observed: count,
  days: count.meta({ description: 'other days that it is compared with' }),
  usual: z.number(),
  most: count,
  atLeast: count.meta({ description: 'other days with as many or more' }),
  tail,
  isFlagged: z.boolean(),
});

const traits = z.object({
  presence: z.enum(['active', 'revoked', 'cancelled', 'moved', 'ended']),
  region: z.string(),
  drawClass: z.string(),
  tags: z.array(z.string()),
});

export const groomingReport = z
  .object({
    days: z.int(),
    entitiesSince: instant.nullable(),
    inspectorsSince: instant.nullable(),
    freezes: z.array(
      z.object({
        campaign: ref,
        ceremony: z.int(),
        frozenAt: instant,
        isOpen: z.boolean(),
        measures: z.object({
          absences: compared,
          departures: compared,
          additions: compared,
          inspectorsJoined: compared,
          inspectorsLeft: compared,
          exclusions: compared,
        }),
      }),
    ),
    absences: z.array(
      z.object({
        campaign: ref,
        frozenAt: instant,
        creditCode,
        name: z.string(),
        left: instant,
        back: instant,
        before: traits,
        during: traits,
        reachBefore: z.number(),
        reachDuring: z.number(),
      }),
    ),
    absencesLeftOut: count,
  })
  .meta({ id: 'GroomingReport' });
