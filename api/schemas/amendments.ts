import { z } from 'zod';
import { stratumName } from './campaigns';
import { departmentCode, instant, ppm } from './common';

const stratumWish = z.object({
  item: z.string().max(40).meta({ description: '`*` in mode joint' }),
  stratum: stratumName,
  ratioPpm: ppm,
  minimum: z.int().min(0).max(1_000_000).default(0),
});

const reason = z.string().trim().min(5, '请写明理由（至少 5 个字）').max(1000);

export const amendmentRequest = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('replacement'),
      inspector: z.string().min(1, '请选择检查人员').max(40),
      visits: z
        .array(z.int().min(1))
        .min(1)
        .nullable()
        .default(null)
        .meta({ description: 'visit numbers; null: all that still owe results' }),
      reason,
    }),
    z.object({
      kind: z.literal('supplement'),
      strata: z.array(stratumWish).min(1, '至少提高一个分层的比例'),
      reason,
    }),
  ])
  .meta({ id: 'AmendmentRequest' });

export const amendmentDecision = z.object({ note: z.string().trim().max(1000).default('') });
export const amendmentRefusal = z.object({ note: z.string().trim().min(1, '请写明理由').max(1000) });

export const amendment = z
  .object({
    id: z.int(),
    kind: z.enum(['replacement', 'supplement']),
    label: z.string(),
    inspector: z.string().nullable(),
    inspectorName: z.string().nullable(),
    visits: z.array(z.int()).nullable(),
    strata: z.array(stratumWish).nullable(),
    reason: z.string(),
    status: z.enum(['requested', 'approved', 'refused']),
    requestedBy: z.string(),
    requestedAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
    outcome: z.string().nullable(),
    mayDecide: z.boolean().meta({ description: 'the asking person may approve or refuse it' }),
  })
  .meta({ id: 'Amendment' });

export const drawnTeamMember = z
  .object({
    inspector: z.string(),
    name: z.string(),
    department: departmentCode,
    openVisits: z.array(z.int()).meta({ description: 'numbers of the visits that still owe results' }),
  })
  .meta({ id: 'DrawnTeamMember' });
