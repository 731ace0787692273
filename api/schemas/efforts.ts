import { z } from 'zod';
import { day, departmentCode, instant, ref } from './common';

const personDays = z
  .number()
  .min(0)
  .max(100_000)
  .multipleOf(0.1, '人日最多一位小数')
  .meta({ description: 'days of one person, in tenths' });
const cost = z.int().min(0).max(100_000_000_000).meta({ description: 'in fen: 100 is one yuan' });
const amounts = { personDays, cost };

export const effortPlanBody = z
  .object({ ...amounts, note: z.string().trim().max(500).default('') })
  .meta({ id: 'EffortPlanBody' });

export const effortBody = z
  .object({
    spentOn: day,
    ...amounts,
    purpose: z.string().trim().min(1, '请写明用途').max(200),
  })
  .meta({ id: 'EffortBody' });

export const effortWithdrawal = z.object({ reason: z.string().trim().min(1, '请写明理由').max(500) });

export const effortEntry = z
  .object({
    id: z.int(),
    spentOn: day,
    ...amounts,
    purpose: z.string(),
    enteredBy: z.string(),
    enteredAt: instant,
    withdrawn: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  })
  .meta({ id: 'EffortEntry' });

const departmentEffort = z.object({
  department: ref,
  mayEdit: z.boolean(),
  planned: z.object({ ...amounts, note: z.string(), by: z.string(), at: instant }).nullable(),
  spent: z.object(amounts),
  visits: z.int().meta({ description: 'visits whose items of this department all have a result' }),
  personVisits: z.int().meta({ description: 'inspectors sent to them, each counted once a visit' }),
  entries: z.array(effortEntry),
});

/** Only the departments that the asking person may see. */
export const campaignEfforts = z
  .object({
    campaign: z.string(),
    departments: z.array(departmentEffort),
    planned: z.object(amounts),
    spent: z.object(amounts),
  })
  .meta({ id: 'CampaignEfforts' });

export const yearQuery = z.object({
  year: z
    .string()
    .regex(/^2\d{3}$/, '年度为四位数字')
    .meta({ example: '2026' }),
});

export const yearEfforts = z
  .object({
    rows: z.array(
      z.object({
        campaign: ref,
        department: ref,
        planned: z.object(amounts).nullable(),
        spent: z.object(amounts),
      }),
    ),
    planned: z.object(amounts),
    spent: z.object(amounts),
  })
  .meta({ id: 'YearEfforts' });

export const effortParams = z.object({ code: z.string().max(40), department: departmentCode });
