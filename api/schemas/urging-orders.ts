import { z } from 'zod';
import { ORDER_STATUSES } from '../../domain/oversight/urging-orders';
import { day, departmentCode, instant, pageQuery, ref } from './common';
import { planYear } from './annual-plans';

const round = z.object({
  round: z.int(),
  dueAt: instant.meta({ description: 'until when it was to be answered' }),
  isLate: z.boolean().meta({ description: 'answered after its date, or not yet though it is past' }),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  decision: z.enum(['accepted', 'returned']).nullable(),
  note: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const urgingOrder = z
  .object({
    number: z.string(),
    origin: z.enum(['sweep', 'hand']).meta({ description: 'by overdue tasks, or by the supervision office' }),
    campaign: ref.nullable().meta({ description: 'null: about the annual plan of `planYear`' }),
    planYear: z.int().nullable(),
    department: ref,
    addressee: z.string().nullable(),
    status: z.enum(ORDER_STATUSES),
    demand: z.string(),
    issuedAt: instant,
    issuedBy: z.string().nullable(),
    dueAt: instant.nullable().meta({ description: 'of the answer that is awaited' }),
    tasks: z.int(),
    rounds: z.array(round),
    withdrawal: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
    mayAnswer: z.boolean(),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'UrgingOrder' });

export const urgingOrderDetail = urgingOrder
  .extend({
    concerned: z.array(
      z.object({
        id: z.int(),
        title: z.string(),
        assignee: z.string().nullable(),
        dueAt: instant,
        doneAt: instant.nullable(),
        state: z.enum(['open', 'overdue', 'done', 'done-late', 'cancelled']),
      }),
    ),
  })
  .meta({ id: 'UrgingOrderDetail' });

export const urgingOrderFilter = z.object({
  campaign: z.string().max(40).optional(),
  department: departmentCode.optional(),
  status: z.enum(ORDER_STATUSES).optional(),
  origin: z.enum(['sweep', 'hand']).optional(),
  year: planYear.optional(),
  late: z.enum(['true', 'false']).default('false').meta({ description: 'not answered by its date' }),
});

export const urgingOrderQuery = pageQuery.extend(urgingOrderFilter.shape);

export const urgingOrderBody = z
  .object({
    campaign: z.string().max(40).nullable().default(null),
    planYear: planYear.nullable().default(null),
    department: departmentCode,
    addressee: z.int().nullable().default(null).meta({ description: 'null: the department’s first liaison' }),
    demand: z.string().trim().min(5, '请写明督办事项和要求').max(4000),
    answerBy: day,
    tasks: z.array(z.int()).max(200, '一张督办单最多列 200 项任务').default([]),
  })
  .refine(({ campaign, planYear: year }) => (campaign === null) !== (year === null), {
    error: '请选择一个任务或一个年度计划，二者选一',
    path: ['campaign'],
  });

export const addressee = z.object({
  id: z.int(),
  name: z.string(),
  role: z.enum(['liaison', 'lead_officer', 'approver']),
});

export const answer = z.object({ answer: z.string().trim().min(5, '请写明原因和办理时限').max(4000) });
export const acceptance = z.object({ note: z.string().trim().max(1000).default('') });
export const returning = z.object({
  note: z.string().trim().min(1, '退回请写明理由').max(1000),
  answerBy: day.optional().meta({ description: 'else the time that answers have by the policy' }),
});
export const orderWithdrawal = z.object({ reason: z.string().trim().min(1, '请写明撤回的理由').max(1000) });
