import { z } from 'zod';
import { TREND_UNITS } from '../../domain/oversight/figures';
import { daysIn } from '../../domain/oversight/periods';
import { day, departmentCode, instant, pageQuery, ref, regionCode } from './common';

const MOST_DAYS = 1100;

const asked = z.object({
  from: day,
  to: day,
  region: regionCode.optional(),
  department: departmentCode.optional(),
  campaign: z.string().max(40).optional(),
});

const inOrder = <T extends typeof asked>(query: T) =>
  query
    .refine(({ from, to }) => from <= to, { error: '开始日期应不晚于结束日期', path: ['to'] })
    .refine(({ from, to }) => from > to || daysIn({ from, to }) <= MOST_DAYS, {
      error: '最长三年，请缩短期间',
      path: ['to'],
    });

export const boardQuery = inOrder(asked.extend({ by: z.enum(TREND_UNITS).default('month') }));

const narrowed = asked.extend({
  kind: z.string().max(40).optional(),
  outcome: z
    .enum(['onTime', 'late', 'overdue', 'waiting'])
    .optional()
    .meta({ description: 'done in time, done late, overdue, not due yet' }),
});
export const overseenTaskTableQuery = inOrder(narrowed);
export const overseenTaskQuery = inOrder(narrowed.extend(pageQuery.shape));

const counts = z.object({ onTime: z.int(), late: z.int(), overdue: z.int(), waiting: z.int() });
const share = z
  .number()
  .nullable()
  .meta({ description: 'between 0 and 1; null where there is nothing to judge' });
const judged = counts.extend({ due: z.int(), share });
const ranked = ref.extend(judged.shape).extend({ rank: z.int().nullable(), didNothing: z.boolean() });

export const oversightReport = z
  .object({
    period: z.object({ from: day, to: day }),
    region: ref,
    asOf: instant,
    trendBy: z.enum(TREND_UNITS),
    total: judged,
    departments: z.array(ranked),
    regions: z.array(ranked),
    kinds: z.array(ref.extend(judged.shape)),
    trend: z.array(judged.extend({ start: day })),
    plan: z.array(
      ref.extend({
        lines: z.int(),
        launched: z.int(),
        launchedLate: z.int(),
        missed: z.int(),
        pending: z.int(),
        share,
      }),
    ),
    publication: z.array(ref.extend(judged.shape)),
    coverage: z.array(ref.extend({ entities: z.int(), visited: z.int(), share })),
    workload: z.array(
      ref.extend({
        visits: z.int(),
        inspectors: z.int(),
        attendances: z.int(),
        perInspector: z.number().nullable(),
      }),
    ),
    orders: z.array(
      ref.extend({ issued: z.int(), answered: z.int(), answeredLate: z.int(), withdrawn: z.int() }),
    ),
    idle: z.object({
      departments: z.array(z.string()),
      regions: z.array(z.string()),
      plan: z.array(z.string()),
    }),
  })
  .meta({ id: 'OversightReport' });

export const inspectorLoads = z.object({
  rows: z.array(ref.extend({ department: ref, visits: z.int() })),
});

export const overseenTask = z
  .object({
    id: z.int(),
    title: z.string(),
    campaign: ref.nullable(),
    planYear: z.int().nullable(),
    department: ref,
    region: ref,
    assignee: z.string().nullable(),
    dueAt: instant,
    doneAt: instant.nullable(),
    outcome: z.enum(['onTime', 'late', 'overdue', 'waiting']),
  })
  .meta({ id: 'OverseenTask' });
