/** Visits as their departments, inspectors and the lead see them. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import { ENTITY_IN_AREAS } from './areas';
import type { Stage } from '../domain/campaigns';
import type { CheckFormSection } from '../domain/items/check-form';
import type { ProvenShortage } from '../domain/matching/shortage-words';
import type { Method } from '../domain/visits/methods';
import type { StarvingRule } from '../domain/matching/starving-rules';

export interface VisitRow {
  id: number;
  campaign_id: number;
  campaign_code: string;
  campaign_name: string;
  stage: Stage;
  demands_approval: boolean;
  number: number;
  credit_code: string;
  entity_name: string;
  region_code: string;
  address: string;
  visit_on: string | null;
  finished_at: Date | null;
  published_at: Date | null;
  items: {
    code: string;
    name: string;
    department: string;
    department_name: string;
    result_code: number | null;
    opinion: string;
    methods: Method[];
    method: Method | null;
    submitted_at: string | null;
    submitted_by: string | null;
  }[];
  inspectors: { code: string; name: string; department: string }[];
  unfilled: {
    department: string;
    missing: number;
    rule: StarvingRule;
    /** Null where the visit was matched before these were kept. */
    tight_set: ProvenShortage | null;
  }[];
}

export interface VisitFilter {
  id?: number;
  campaign?: string;
  /** Credit code. */
  entity?: string;
  department?: string;
  state: 'open' | 'finished' | 'all';
  /** Only visits to which this user's inspector is assigned. */
  assignedTo?: number;
  /** Only visits of these departments. */
  departments?: readonly string[];
  /** Only visits to entities inside one of these areas (starts of region codes), and those of the user's own. */
  within?: { areas: readonly string[]; userId: number };
  /** Only visits to these entities. */
  entities?: readonly number[];
  /** Part of the entity's name as it is compared (`nameKey`), of the latest visits alone. */
  named?: string;
  isNewestFirst?: boolean;
  afterId?: number;
  limit: number;
}

/** How far back a part of a name that many have is looked for. */
const LATEST = 50_000;

/** By campaign and visit number. */
export async function listVisits(db: Knex, filter: VisitFilter): Promise<VisitRow[]> {
  const ids = await listIds(db, filter);
  // Who sees a visit sees all of it: PostgreSQL judged each once, and need not again for each of its items and people.
  const rows = ids.length === 0 ? [] : await beyondSight(db, (all) => readRows(all, ids));
  return filter.isNewestFirst ? rows.reverse() : rows;
}

const ON_TEAM_OF = (user: string) => `v.id = any (array(
  select a.visit_id from assignments a join inspectors i on i.id = a.inspector_id where i.user_id = :${user}))`;

/** Each as a condition of its own, so that the statement has what was asked for and nothing else. */
function conditionsOf(filter: VisitFilter): string[] {
  const { id, campaign, entity, entities, named, afterId, state } = filter;
  const { assignedTo, within, departments, department } = filter;
  const asked: [boolean, string][] = [
    [id !== undefined, 'v.id = :id'],
    [campaign !== undefined, 'v.campaign_id = (select id from campaigns where code = :campaign)'],
    [entity !== undefined, 'v.entity_id = (select id from entities where credit_code = :entity)'],
    [entities !== undefined, 'v.entity_id = any (cast(:entities as bigint[]))'],
    [
      named !== undefined,
      `v.id > (select max(id) from visits) - :latest and exists (
         select 1 from entities e where e.id = v.entity_id and strpos(upper(normalize(e.name, nfkc)), :named) > 0)`,
    ],
    [afterId !== undefined, 'v.id > :after'],
    [state === 'open', 'v.finished_at is null'],
    [state === 'finished', 'v.finished_at is not null'],
    // As a list of ids: few are assigned to one person, wherever in the table they are.
    [assignedTo !== undefined, ON_TEAM_OF('assigned')],
    [
      within !== undefined,
      // Asked of each visit as it comes, for `exists` beside an `or` gathers all entities of the areas first.
      `((select true from entities e where e.id = v.entity_id and ${ENTITY_IN_AREAS} limit 1) or ${ON_TEAM_OF('seer')})`,
    ],
    [
      departments !== undefined,
      `exists (select 1 from visit_departments d
                where d.visit_id = v.id and d.department_code = any (cast(:departments as text[])))`,
    ],
    [
      department !== undefined,
      'exists (select 1 from visit_departments d where d.visit_id = v.id and d.department_code = :department)',
    ],
  ];
  return asked.filter(([isAsked]) => isAsked).map(([, condition]) => condition);
}

async function listIds(db: Knex, filter: VisitFilter): Promise<number[]> {
  const conditions = ['true', ...conditionsOf(filter)].join('\n and ');
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select v.id from visits v where ${conditions} order by v.id ${filter.isNewestFirst ? 'desc' : ''} limit :limit`,
    {
      id: filter.id ?? null,
      campaign: filter.campaign ?? null,
      entity: filter.entity ?? null,
      department: filter.department ?? null,
      entities: filter.entities ? [...filter.entities] : null,
      named: filter.named ?? null,
      latest: LATEST,
      after: filter.afterId ?? null,
      assigned: filter.assignedTo ?? null,
      areas: filter.within ? [...filter.within.areas] : null,
      seer: filter.within?.userId ?? null,
      departments: filter.departments ? [...filter.departments] : null,
      limit: filter.limit,
    },
  );
  return rows.map((row) => row.id);
}

/** Under a name: planned once by each connection, for PostgreSQL takes longer to plan it than to carry it out. */
async function readRows(db: Knex, ids: readonly number[]): Promise<VisitRow[]> {
  const { rows } = await db
    .raw<{ rows: VisitRow[] }>(ROWS, { ids: [...ids] })
    .options({ name: 'visit-rows' });
  return rows;
}

const ROWS = `
     select v.id, v.campaign_id, c.code as campaign_code, c.name as campaign_name, c.stage, c.demands_approval, v.number, e.credit_code, e.name as entity_name,
            e.region_code, e.address, v.visit_on, v.finished_at, v.published_at,
            (select jsonb_agg(jsonb_build_object('code', vi.item_code, 'name', iv.name, 'department', vi.department_code,
                      'department_name', d.short_name, 'result_code', vi.result_code, 'opinion', vi.opinion, 'methods', iv.methods, 'method', vi.method,
                      'submitted_at', vi.submitted_at, 'submitted_by', u.name) order by vi.item_code)
               from visit_items vi
               join item_versions iv on iv.id = vi.item_version_id
               join departments d on d.code = vi.department_code
               left join users u on u.id = vi.submitted_by
              where vi.visit_id = v.id) as items,
            (select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name, 'department', a.department_code)
                      order by a.department_code, i.code), '[]')
               from assignments a join inspectors i on i.id = a.inspector_id where a.visit_id = v.id) as inspectors,
            (select coalesce(jsonb_agg(jsonb_build_object('department', s.department_code, 'missing', s.missing,
                      'rule', s.rule, 'tight_set', case when t.id is not null then jsonb_build_object(
                        'visits', cardinality(t.visits), 'teamSizes', t.team_sizes,
                        'regions', (select jsonb_agg(coalesce(r.name, of.code) order by of.code)
                                      from unnest(t.regions) of(code) left join regions r on r.code = of.code),
                        'qualifications', t.qualifications, 'people', cardinality(t.inspectors),
                        'slots', t.slots, 'places', t.places) end) order by s.department_code), '[]')
               from unfilled_slots s left join tight_sets t on t.id = s.tight_set_id
              where s.visit_id = v.id) as unfilled
       from visits v
       join campaigns c on c.id = v.campaign_id
       join entities e on e.id = v.entity_id
      where v.id = any (cast(:ids as bigint[]))
      order by v.id`;

/** What was answered, by item: kept out of lists, for signatures are large. */
export async function readAnswersOf(
  db: Knex,
  visitId: number,
): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const rows = await db('visit_items')
    .where({ visit_id: visitId })
    .select<{ item_code: string; answers: Record<string, unknown> }[]>('item_code', 'answers');
  return new Map(rows.map((row) => [row.item_code, row.answers]));
}

/** The check forms that the campaign froze, for the items of one visit. */
export async function readForms(
  db: Knex,
  visitId: number,
): Promise<{ item: string; version: number; sections: CheckFormSection[]; opinions: string[] }[]> {
  return db('visit_items as vi')
    .join('check_forms as f', 'f.id', 'vi.check_form_id')
    .where('vi.visit_id', visitId)
    .orderBy('vi.item_code')
    .select({ item: 'vi.item_code', version: 'f.version', sections: 'f.sections', opinions: 'f.opinions' });
}
