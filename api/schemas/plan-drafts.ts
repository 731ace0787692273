import { z } from 'zod';
import { campaignPlan, stratumRatio } from './campaigns';
import { day, departmentCode, instant, ppm, regionCode } from './common';

/** What there is of a plan so far. */
export const planDraftContent = z.object({
  name: z.string().max(200).optional(),
  leadDepartment: departmentCode.optional(),
  regions: z.array(regionCode).max(500).optional(),
  mode: campaignPlan.shape.mode.optional(),
  items: z.array(z.string().max(40)).max(1000).optional(),
  teams: z
    .array(z.object({ department: departmentCode, size: z.int().min(1).max(10) }))
    .max(500)
    .optional(),
  ratios: z.array(stratumRatio).max(1000).optional(),
  visitFrom: day.optional(),
  visitTo: day.optional(),
  publicContributor: z.string().max(40).nullable().optional(),
  rotation: z.boolean().optional(),
  demandsApproval: z.boolean().optional(),
});

const step = z.int().min(0).max(9).meta({ description: 'of the wizard, where its writer stopped' });

export const planDraftBody = z.object({ content: planDraftContent, step }).meta({ id: 'PlanDraftBody' });

export const planDraftSaving = planDraftBody
  .extend({ revision: z.int().min(1).meta({ description: 'that was seen before' }) })
  .meta({ id: 'PlanDraftSaving' });

export const planDraft = z
  .object({
    id: z.int(),
    content: planDraftContent,
    step,
    revision: z.int(),
    savedAt: instant,
  })
  .meta({ id: 'PlanDraft' });

export const planDrafts = z.object({ rows: z.array(planDraft) });

export const planPreviewBody = campaignPlan
  .pick({ regions: true, mode: true, items: true, teams: true, ratios: true })
  .meta({ id: 'PlanPreviewBody' });

const visits = z.number().meta({ description: 'expected, not drawn' });

export const planPreview = z
  .object({
    population: z.int(),
    visits,
    apart: visits.meta({ description: 'if every department drew for itself' }),
    strata: z.array(z.object({ stratum: z.string(), ratioPpm: ppm, population: z.int(), visits })),
    departments: z.array(
      z.object({
        department: z.object({ code: departmentCode, name: z.string() }),
        visits,
        personVisits: visits,
      }),
    ),
  })
  .meta({ id: 'PlanPreview' });
