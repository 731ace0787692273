import { z } from 'zod';
import { day, instant, ref } from './common';

const reason = z.string().trim().min(5, '请写明理由（至少 5 个字）').max(500, '理由不超过 500 字');

export const extension = z
  .object({
    id: z.int(),
    status: z.enum(['requested', 'approved', 'refused', 'withdrawn']),
    amount: z.int().meta({ description: 'in units of the deadline: working days' }),
    reason: z.string(),
    dueAt: instant,
    wantedDueAt: instant,
    requestedBy: z.string(),
    requestedAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
    mayDecide: z.boolean().meta({ description: 'by who asks' }),
    mayWithdraw: z.boolean().meta({ description: 'by who asks' }),
  })
  .meta({ id: 'TaskExtension' });

export const extensionRequest = z.object({
  amount: z.int('延长的工作日应为整数').min(1, '至少延长 1 个工作日').max(60, '最多延长 60 个工作日'),
  reason,
});

export const extensionDecision = z.object({
  accepts: z.boolean(),
  note: z.string().trim().max(500).default(''),
});

export const reassignment = z.object({
  assignee: z.int().meta({ description: 'one of the candidates of the task' }),
  reason,
});

export const delegation = z
  .object({
    id: z.int(),
    person: z.object({ id: z.int(), name: z.string() }),
    delegate: z.object({ id: z.int(), name: z.string() }),
    department: ref,
    from: day,
    until: day,
    reason: z.string(),
    createdBy: z.string(),
    createdAt: instant,
    state: z.enum(['coming', 'in-force', 'over', 'ended']),
    endedBy: z.string().nullable(),
    endedAt: instant.nullable(),
    mayEnd: z.boolean().meta({ description: 'by who asks' }),
    beyond: z.int().nullable().meta({
      description:
        'open results that the delegate can not enter, being of another team; null where it is over',
    }),
  })
  .meta({ id: 'Delegation' });

export const delegationList = z.object({
  rows: z.array(delegation),
  people: z
    .array(z.object({ id: z.int(), name: z.string(), department: ref }))
    .meta({ description: 'colleagues of the departments of who asks' }),
  mayActFor: z.array(z.int()).meta({ description: 'of these people, besides themselves' }),
});

export const delegationBody = z.object({
  person: z.int().meta({ description: 'who is away' }),
  delegate: z.int(),
  from: day,
  until: day,
  reason: z.string().trim().min(1, '请写明理由').max(200, '理由不超过 200 字'),
});
