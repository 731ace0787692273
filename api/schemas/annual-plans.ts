import { z } from 'zod';
import { PLAN_FIELDS } from '../../domain/annual-plan/compare-lines';
import { PLAN_COMMANDS, PLAN_STAGES } from '../../domain/annual-plan/stages';
import { day, departmentCode, instant, ppm, ref, regionCode } from './common';

export const planYear = z.coerce.number().int().min(2000).max(2999);

export const planLineBody = z
  .object({
    department: departmentCode,
    item: z.string().trim().min(1, '请选择抽查事项').max(40),
    regions: z.array(regionCode).min(1, '至少一个地区').max(100),
    ratioPpm: ppm.nullable().default(null).meta({
      description: 'null: by the risk classes of the policy; refused where the item has a ratio of its own',
    }),
    windowFrom: day,
    windowTo: day,
    note: z.string().trim().max(500).default(''),
  })
  .meta({ id: 'PlanLineBody' });

const lineStatus = z.enum(['planned', 'open', 'late', 'launched', 'done']).meta({
  description: 'open: its window has begun and nobody has launched it; late: its window is over',
});

export const planLine = z
  .object({
    id: z.int(),
    department: ref,
    item: ref,
    objectTags: z.array(z.string()),
    regions: z.array(ref),
    ratioPpm: ppm.nullable(),
    fixedPpm: ppm.nullable().meta({ description: "the law's or the item's ratio, which binds" }),
    windowFrom: day,
    windowTo: day,
    note: z.string(),
    joint: z.object({ id: z.int(), lead: departmentCode }).nullable(),
    status: lineStatus,
    campaign: z.string().nullable(),
    mayEdit: z.boolean(),
    mayLaunch: z.boolean(),
  })
  .meta({ id: 'PlanLine' });

export const annualPlanSummary = z
  .object({
    year: z.int(),
    stage: z.enum(PLAN_STAGES),
    lines: z.int(),
    launched: z.int(),
    publishedAt: instant.nullable(),
  })
  .meta({ id: 'AnnualPlanSummary' });

export const annualPlan = z
  .object({
    year: z.int(),
    stage: z.enum(PLAN_STAGES),
    stageReason: z.string().nullable(),
    version: z.int().meta({ description: 'the one in force; 0: none is published yet' }),
    publishedAt: instant.nullable(),
    amendment: z
      .object({
        reason: z.string(),
        added: z.array(z.int()).meta({ description: 'ids of lines' }),
        changed: z.array(
          z.object({
            id: z.int(),
            fields: z.array(z.enum(PLAN_FIELDS)),
            before: planLine,
            mayRestore: z.boolean(),
          }),
        ),
        withdrawn: z.array(z.object({ line: planLine, mayRestore: z.boolean() })),
      })
      .nullable()
      .meta({ description: 'the next version, in the making: `lines` are its lines' }),
    lines: z.array(planLine),
    possibleCommands: z.array(z.enum(PLAN_COMMANDS)).meta({ description: 'for the asking person, now' }),
    mayJoin: z.boolean(),
    writesFor: z.array(ref).meta({ description: 'departments whose lines the asking person may write now' }),
  })
  .meta({ id: 'AnnualPlan' });

const jointSaving = z.object({
  lines: z.array(z.int()).meta({ description: 'the one with the most visits first: its department leads' }),
  windowFrom: day,
  windowTo: day,
  common: z.int().meta({ description: 'entities that several of the lines cover' }),
  apart: z.number().meta({ description: 'expected visits of the lines one by one' }),
  joint: z.number(),
  saved: z.number(),
  savedByRegion: z.array(z.object({ region: ref, visits: z.number() })),
});

export const planAdvice = z
  .object({
    entities: z.int().meta({ description: 'in operation, of all kinds' }),
    lines: z.array(z.object({ line: z.int(), visits: z.number() })),
    proposals: z.array(jointSaving),
    joined: z.array(jointSaving.extend({ jointId: z.int() })),
    alone: z.array(
      z.object({
        line: z.int(),
        why: z.enum(['no-common-entities', 'windows-apart', 'saves-nothing']),
      }),
    ),
  })
  .meta({ id: 'PlanAdvice' });

export const jointBody = z.object({ lines: z.array(z.int()).min(2, '至少两项才能联合').max(50) });

export const publicPlanLine = planLine
  .pick({ item: true, department: true, regions: true, windowFrom: true, windowTo: true })
  .extend({
    status: z
      .enum([...lineStatus.options, 'ended'])
      .meta({ description: 'ended: a later version has changed or withdrawn it' }),
    ratioText: z.string(),
    joint: z.int().nullable().meta({ description: 'lines with the same number are one campaign' }),
    lead: z.string().nullable(),
    campaign: z.string().nullable(),
  })
  .meta({ id: 'PublicPlanLine' });

export const publicAnnualPlan = z
  .object({
    year: z.int(),
    version: z.int(),
    publishedAt: instant,
    reason: z.string().meta({ description: 'why it follows the one before; empty for the first' }),
    isInForce: z.boolean(),
    versions: z
      .array(z.object({ version: z.int(), publishedAt: instant, reason: z.string() }))
      .meta({ description: 'all that were published, the newest first' }),
    lines: z.array(publicPlanLine),
  })
  .meta({ id: 'PublicAnnualPlan' });

const planVersion = z.coerce.number().int().min(1).max(10_000).optional();
export const planVersionQuery = z.object({ version: planVersion });
export const planComparisonQuery = z.object({ from: planVersion, to: planVersion });

export const planComparison = z
  .object({
    year: z.int(),
    from: z.int(),
    to: z.int(),
    added: z.array(publicPlanLine),
    changed: z.array(
      z.object({
        fields: z.array(z.enum(PLAN_FIELDS)),
        before: publicPlanLine,
        after: publicPlanLine,
      }),
    ),
    withdrawn: z.array(publicPlanLine),
  })
  .meta({ id: 'PlanComparison' });
