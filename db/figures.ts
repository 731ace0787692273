/**
 * The figures of oversight, counted as of an instant: by index, from the deadlines, visits and lines of the period, never
 * from whole tables. The same statements count for the board (as of now) and for a bulletin (as of its freeze).
 */
import type { Knex } from 'knex';
import { prefixOf } from '../domain/regions/covers';
import { endOf, instantOf } from '../domain/deadlines/working-days';
import {
  NO_TASKS,
  type CoverageCell,
  type Figures,
  type KindCell,
  type OrderCell,
  type Period,
  type PlanCell,
  type PublicationCell,
  type TaskCell,
  type TaskCounts,
  type TrendCell,
  type TrendUnit,
  type WorkloadCell,
} from '../domain/oversight/figures';
import { startsIn } from '../domain/oversight/periods';

export interface FigureFilter {
  period: Period;
  /** The area that is shown. */
  region: string;
  /** What of it the asker may see: region codes. */
  areas: readonly string[];
  department: string | null;
  campaign: string | null;
  trendBy: TrendUnit;
  asOf: Date;
}

export async function readFigures(db: Knex, filter: FigureFilter): Promise<Figures> {
  const bindings = { ...bindingsOf(filter), unit: filter.trendBy };
  // One after the other: they may be in a transaction, which has one connection.
  const tasks = await countTasks(db, bindings);
  const plan = await countPlan(db, bindings);
  const publication = await countPublication(db, bindings);
  const coverage = await countCoverage(db, bindings);
  const workload = await countWorkload(db, bindings);
  const orders = await countOrders(db, bindings);
  const seen = new Map(tasks.trend.map((cell) => [cell.start, cell]));
  return {
    period: filter.period,
    region: filter.region,
    asOf: filter.asOf.toISOString(),
    tasks: tasks.cells,
    kinds: tasks.kinds,
    trend: startsIn(filter.trendBy, filter.period).map((start) => seen.get(start) ?? { start, ...NO_TASKS }),
    trendBy: filter.trendBy,
    ...{ plan, publication, coverage, workload, orders },
  };
}

type Bindings = Record<string, Knex.Value>;

export const bindingsOf = (filter: Omit<FigureFilter, 'trendBy' | 'region'>): Bindings => ({
  from: instantOf(filter.period.from, '00:00'),
  until: endOf(filter.period.to),
  firstDay: filter.period.from,
  lastDay: filter.period.to,
  asOf: filter.asOf,
  areas: filter.areas.map(prefixOf),
  department: filter.department,
  campaign: filter.campaign,
});

export const REGION_IN_AREAS = (region: string): string =>
  `exists (select 1 from unnest(cast(:areas as text[])) a where starts_with(${region}, a))`;

/** Of the task `t` with the due time `due`, as of then. */
const COUNTS = (due: string, done: string): string => `
  count(*) filter (where ${done} <= :asOf and ${done} <= ${due}) as "onTime",
  count(*) filter (where ${done} <= :asOf and ${done} > ${due}) as late,
  count(*) filter (where (${done} is null or ${done} > :asOf) and ${due} < :asOf) as overdue,
  count(*) filter (where (${done} is null or ${done} > :asOf) and ${due} >= :asOf) as waiting`;

/** Of the task `t`: it is the department's and the campaign's that are asked about, and was owed at the instant. */
export const TASK_ASKED = `
  and (cast(:department as text) is null or t.department_code = :department)
  and (cast(:campaign as text) is null or t.campaign_id = (select id from campaigns where code = :campaign))
  and t.created_at <= :asOf and (t.cancelled_at is null or t.cancelled_at > :asOf)`;

async function countTasks(
  db: Knex,
  bindings: Bindings,
): Promise<{ cells: TaskCell[]; kinds: KindCell[]; trend: TrendCell[] }> {
  type Row = TaskCounts & {
    department: string | null;
    region: string | null;
    kind: string | null;
    start: string | null;
  };
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select department_code as department, region_code as region, kind, start, ${COUNTS('due_at', 'done_at')}
       from (select t.department_code, t.region_code, t.kind, d.due_at, t.done_at,
                    to_char(date_trunc(:unit, d.due_at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as start
               from deadlines d join tasks t on t.deadline_id = d.id
              where d.due_at >= :from and d.due_at < :until and ${REGION_IN_AREAS('t.region_code')} ${TASK_ASKED}) owed
      group by grouping sets ((department_code, region_code), (kind), (start))
      order by 1, 2, 3, 4`,
    bindings,
  );
  const counts = ({ onTime, late, overdue, waiting }: Row): TaskCounts => ({
    onTime,
    late,
    overdue,
    waiting,
  });
  return {
    cells: rows.flatMap((row) =>
      row.department === null || row.region === null
        ? []
        : [{ department: row.department, region: row.region, ...counts(row) }],
    ),
    kinds: rows.flatMap((row) => (row.kind === null ? [] : [{ kind: row.kind, ...counts(row) }])),
    trend: rows.flatMap((row) => (row.start === null ? [] : [{ start: row.start, ...counts(row) }])),
  };
}

/** A campaign that was cancelled gives its lines back. */
async function countPlan(db: Knex, bindings: Bindings): Promise<PlanCell[]> {
  const { rows } = await db.raw<{ rows: PlanCell[] }>(
    `select department, count(*) as lines, count(launched_on) as launched,
            count(*) filter (where launched_on > window_to) as "launchedLate",
            count(*) filter (where launched_on is null and window_to < today) as missed,
            count(*) filter (where launched_on is null and window_to >= today) as pending
       from (select l.department_code as department, l.window_to,
                    cast(cast(:asOf as timestamptz) at time zone 'Asia/Shanghai' as date) as today,
                    cast(c.created_at at time zone 'Asia/Shanghai' as date) as launched_on
               from annual_plan_lines l
               join annual_plans p on p.year = l.year and p.stage = 'published' and p.published_at <= :asOf
               left join campaigns c on c.id = l.campaign_id and c.stage <> 'cancelled' and c.created_at <= :asOf
              where l.window_to >= cast(:firstDay as date) and l.window_from <= cast(:lastDay as date)
                and (cast(:department as text) is null or l.department_code = :department)
                and (cast(:campaign as text) is null or c.code = :campaign)
                and exists (select 1 from unnest(l.region_codes) r where ${REGION_IN_AREAS('r')})) line
      group by department order by department`,
    bindings,
  );
  return rows;
}

/** A visit is to be published by the date of its day's task (国发〔2019〕5号: 20 working days). */
async function countPublication(db: Knex, bindings: Bindings): Promise<PublicationCell[]> {
  const { rows } = await db.raw<{ rows: PublicationCell[] }>(
    `select department_code as department, ${COUNTS('due_at', 'v.published_at')}
       from (select t.campaign_id, t.department_code, cast(t.params ->> 'day' as date) as day, max(d.due_at) as due_at
               from deadlines d join tasks t on t.deadline_id = d.id
              where d.due_at >= :from and d.due_at < :until and t.kind = 'publish' ${TASK_ASKED}
              group by 1, 2, 3) owed
       join visits v on v.campaign_id = owed.campaign_id
        and v.finished_at >= owed.day at time zone 'Asia/Shanghai'
        and v.finished_at < (owed.day + 1) at time zone 'Asia/Shanghai' and v.finished_at <= :asOf
       join entities e on e.id = v.entity_id
      where ${REGION_IN_AREAS('e.region_code')}
      group by department_code order by department_code`,
    bindings,
  );
  return rows;
}

/** Entities in operation at the instant: today's, with what changed since put back. */
async function countCoverage(db: Knex, bindings: Bindings): Promise<CoverageCell[]> {
  const { rows } = await db.raw<{ rows: CoverageCell[] }>(
    `with since as (
       select distinct on (entity_id) entity_id, presence_before = 'active' as was, region_before as region
         from entity_changes where at > :asOf order by entity_id, at, id
     ), changed as (
       select s.entity_id, coalesce(s.was, false) as was, s.region,
              e.ended_at is null and e.status = 'active' as still, e.region_code
         from since s join entities e on e.id = s.entity_id
     ), standing as (
       select k.region_code as region, sum(n.size) as n
         from (select kind_id, count(*) as size from entities
                where ended_at is null and status = 'active' group by kind_id) n
         join entity_kinds k on k.id = n.kind_id group by 1
       union all select region_code, -count(*) from changed where still group by 1
       union all select region, count(*) from changed where was group by 1
     ), reached as (
       select e.region_code as region, count(distinct v.entity_id) as n
         from visits v join entities e on e.id = v.entity_id
        where v.finished_at >= :from and v.finished_at < :until and v.finished_at <= :asOf
          and (cast(:campaign as text) is null or v.campaign_id = (select id from campaigns where code = :campaign))
          and (cast(:department as text) is null or exists (
                select 1 from visit_items i where i.visit_id = v.id and i.department_code = :department))
        group by 1
     )
     select region, coalesce(max(entities), 0) as entities, coalesce(max(visited), 0) as visited
       from (select region, sum(n)::bigint as entities, null::bigint as visited from standing group by region
             union all select region, null, n from reached) both_counts
      where ${REGION_IN_AREAS('region')}
      group by region having coalesce(max(entities), 0) + coalesce(max(visited), 0) > 0 order by region`,
    bindings,
  );
  return rows;
}

const FINISHED = `v.finished_at >= :from and v.finished_at < :until and v.finished_at <= :asOf
  and (cast(:campaign as text) is null or v.campaign_id = (select id from campaigns where code = :campaign))
  and (cast(:department as text) is null or s.department_code = :department)`;

async function countWorkload(db: Knex, bindings: Bindings): Promise<WorkloadCell[]> {
  const { rows } = await db.raw<{ rows: WorkloadCell[] }>(
    `select s.department_code as department, count(distinct v.id) as visits,
            count(distinct s.inspector_id) as inspectors, count(*) as attendances
       from visits v join assignments s on s.visit_id = v.id join entities e on e.id = v.entity_id
      where ${FINISHED} and ${REGION_IN_AREAS('e.region_code')}
      group by 1 order by 1`,
    bindings,
  );
  return rows;
}

async function countOrders(db: Knex, bindings: Bindings): Promise<OrderCell[]> {
  const { rows } = await db.raw<{ rows: OrderCell[] }>(
    `select u.department_code as department, count(*) as issued,
            count(*) filter (where r.answered_at is not null) as answered,
            count(*) filter (where r.answered_at > l.due_at) as "answeredLate",
            count(*) filter (where u.withdrawn_at <= :asOf) as withdrawn
       from urging_orders u
       join departments d on d.code = u.department_code
       left join campaigns c on c.id = u.campaign_id
       left join urging_order_rounds r on r.order_id = u.id and r.round = 1 and r.answered_at <= :asOf
       left join tasks t on t.id = r.task_id
       left join deadlines l on l.id = t.deadline_id
      where u.issued_at >= :from and u.issued_at < :until and u.issued_at <= :asOf
        and (cast(:department as text) is null or u.department_code = :department)
        and (cast(:campaign as text) is null or c.code = :campaign)
        and ${REGION_IN_AREAS('coalesce(area_around(c.region_codes), d.region_code)')}
      group by 1 order by 1`,
    bindings,
  );
  return rows;
}

export interface InspectorLoad {
  code: string;
  name: string;
  department: string;
  visits: number;
}

/** Visits finished in the period, by who was there. */
export async function readInspectorLoads(db: Knex, filter: FigureFilter): Promise<InspectorLoad[]> {
  const { rows } = await db.raw<{ rows: InspectorLoad[] }>(
    `select i.code, i.name, s.department_code as department, count(*) as visits
       from visits v join assignments s on s.visit_id = v.id join entities e on e.id = v.entity_id
       join inspectors i on i.id = s.inspector_id
      where ${FINISHED} and ${REGION_IN_AREAS('e.region_code')}
      group by i.code, i.name, s.department_code order by visits desc, i.code`,
    bindingsOf(filter),
  );
  return rows;
}
