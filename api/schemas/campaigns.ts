import { z } from 'zod';
import { COMMANDS, STAGES } from '../../domain/campaigns';
import { deadlinePolicy } from '../../domain/deadlines/policy';
import { LEVELS } from '../../domain/policies/industry-risk';
import { PART_NAME } from '../../domain/policies/parts';
import { publicValueRound, witness } from './ceremony';
import { day, departmentCode, instant, pageQuery, ppm, ref, regionCode } from './common';

export const level = z.enum(LEVELS).meta({ description: 'industry risk' });

export const industryRisk = z.object({
  tag: z.string().min(1).max(40).meta({ description: "one of the registry's tags" }),
  level,
  reason: z.string().trim().min(1, '请写明理由').max(400),
});

/** What of a policy tells its strata apart; kept with a campaign. */
export const industries = z
  .array(industryRisk)
  .meta({ description: 'levels of industry risk, where one of its strata is about a level' });

export const stratumName = z.string().regex(PART_NAME, '分层名称如 B、B-691101、B-high、B-691101-high').meta({
  description:
    'class, then the region and the level of industry risk that it is about, where it is: `B-691101-high`',
  example: 'B',
});

export const stratumRatio = z.object({
  stratum: stratumName,
  ratioPpm: ppm,
  minimum: z.int().min(0).max(1_000_000).default(0),
});

export const campaignPlan = z
  .object({
    name: z.string().trim().min(1, '请填写任务名称').max(200),
    leadDepartment: departmentCode,
    regions: z.array(regionCode).min(1, '至少一个地区'),
    mode: z.enum(['joint', 'per_item']).meta({
      description: 'joint: 一次抽取、联合检查; per_item: 分项比例、合并上门',
    }),
    items: z.array(z.string()).min(1, '至少一个已公布的抽查事项'),
    teams: z
      .array(z.object({ department: departmentCode, size: z.int().min(1).max(10) }))
      .default([])
      .meta({ description: 'inspectors per department and visit; 2 where not named' }),
    ratios: z.array(stratumRatio).min(1).optional().meta({
      description: 'default: the city policy; strata of a named class that are not named go by it too',
    }),
    yearlyCap: z
      .object({
        A: z.int().min(1).nullable(),
        B: z.int().min(1).nullable(),
        C: z.int().min(1).nullable(),
        D: z.int().min(1).nullable(),
      })
      .optional(),
    visitFrom: day,
    visitTo: day,
    publicContributor: z
      .string()
      .regex(/^public:[a-z0-9-]+$/)
      .nullable()
      .default('public:dice'),
    rotation: z.boolean().default(true).meta({
      description: 'whoever was in the team of an entity’s last finished visit stays away from it',
    }),
    demandsApproval: z.boolean().default(true).meta({
      description: 'departments’ heads approve each inspection before results can be recorded',
    }),
    deadlinePolicy: deadlinePolicy.optional().meta({
      description: 'default: Chinese working days (domain guide, section 3)',
    }),
  })
  .meta({ id: 'CampaignPlan' });

const contribution = z.object({
  contributor: z.string(),
  sealed: z.boolean(),
  sealedAt: instant.nullable(),
  revealed: z.boolean(),
  revealedAt: instant.nullable(),
});

export const campaignSummary = z
  .object({
    code: z.string(),
    name: z.string(),
    leadDepartment: ref,
    departments: z.array(ref),
    mode: z.enum(['joint', 'per_item']),
    stage: z.enum(STAGES),
    stageReason: z.string().nullable(),
    nextStep: z.string().nullable().meta({ description: 'what has to happen next, and by whom, in Chinese' }),
    visitFrom: day,
    visitTo: day,
    visits: z.int(),
    visitsFinished: z.int(),
    openTasks: z.int(),
    overdueTasks: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'CampaignSummary' });

export const campaign = campaignSummary
  .extend({
    regions: z.array(regionCode),
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        department: departmentCode,
        population: z.int().nullable(),
      }),
    ),
    teams: z.array(z.object({ department: departmentCode, size: z.int() })),
    ratios: z.array(stratumRatio),
    industries,
    publicContributor: z.string().nullable(),
    rotation: z.boolean(),
    demandsApproval: z.boolean(),
    inspectionsWaiting: z.int().meta({ description: 'inspections that no head has decided on' }),
    possibleCommands: z
      .array(z.enum(COMMANDS))
      .meta({ description: 'what the asking person may do at this stage' }),
    maySimulate: z.boolean().meta({ description: 'the asking person may try the plan out, at this stage' }),
    ceremony: z
      .object({
        number: z.int(),
        status: z.enum(['sealing', 'revealing', 'drawn', 'void']),
        commitment: z.string(),
        frozenAt: instant,
        seed: z.string().nullable(),
        capped: z.int().meta({ description: 'entities left out because they are at their yearly cap' }),
        untrained: z.int().meta({
          description: 'inspectors left out of the pool for want of the training that the city asks for',
        }),
        rotated: z.int().meta({
          description: 'pairs of an inspector and an entity of the population kept apart by rotation',
        }),
        contributions: z.array(contribution),
        strata: z
          .array(
            z.object({
              item: z.string(),
              stratum: z.string(),
              size: z.int(),
              sample: z.int(),
              ratioPpm: ppm,
              minimum: z.int(),
            }),
          )
          .meta({ description: 'as they stand: by the manifest, or by the latest supplementary draw' }),
        unfilledSlots: z.int(),
        bundleSha256: z.string().nullable(),
        publicValue: z.array(publicValueRound.extend({ enteredByMe: z.boolean() })),
        witnesses: z.array(witness),
      })
      .nullable(),
    amendmentsWaiting: z.int().meta({ description: 'changes after the draw that nobody has decided' }),
    timeline: z.array(
      z.object({ at: instant, action: z.string(), actor: z.string(), note: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Campaign' });

export const campaignQuery = pageQuery.extend({ stage: z.enum(STAGES).optional() });

export const reason = z.object({ reason: z.string().trim().min(1, '请写明理由').max(1000) });

export const sealBody = z.object({
  department: departmentCode,
  seal: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '封存值为 64 位十六进制小写')
    .meta({ description: 'H("onevisit-seal/1\\n" + commitment + "\\n" + contributor + "\\n" + value)' }),
});

export const revealBody = z.object({
  department: departmentCode,
  value: z.string().min(16, '封存的值为 16 至 256 个可打印字符').max(256),
});

export const publicValueBody = z.object({
  contributor: z.string().regex(/^public:[a-z0-9-]+$/),
  value: z.string().trim().min(1, '请填写随机值').max(400).meta({
    description: 'dice: the pips in order, at least 10, however separated; otherwise the published result',
  }),
  number: z.string().trim().max(60).optional().meta({
    description: 'of a numbered drawing or round; not for dice',
  }),
  on: day.optional().meta({ description: 'day of that drawing; not for dice' }),
  source: z.string().trim().max(400).optional().meta({
    description: 'where a citizen can look it up; the first of the two persons names it',
  }),
});

export const stageOutcome = z
  .object({ code: z.string(), stage: z.enum(STAGES), note: z.string().nullable() })
  .meta({ id: 'StageOutcome' });
