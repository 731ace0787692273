import type { Knex } from 'knex';
import { listHandlingCases } from '../../db/handling-views';
import { listInspectors } from '../../db/inspectors';
import { listEntities } from '../../db/registries';
import { entityIdsLike, findCampaigns, findItems } from '../../db/search';
import { listVisits } from '../../db/visit-views';
import { prefixOf } from '../../domain/regions/covers';
import { nameKey, readsAsCode } from '../../domain/registry/search-text';
import type { Actor } from '../../domain/roles';
import { areasOf } from '../areas-of';
import { departmentNamer } from '../department-namer';
import { seenBy } from '../handling/case-of';
import type { SEARCH_KINDS } from '../schemas/search';
import { sightOf } from '../visits/sight';

interface Hit {
  id: string;
  name: string;
  notes: string[];
}

type Kind = (typeof SEARCH_KINDS)[number];

interface Asked {
  q: string;
  /** One more than is shown. */
  limit: number;
  actor: Actor;
}

/** A name that more entities than this have in common is looked for in what was visited last. */
const FEW = 200;

/** Each kind as its own list would show it to the person: the same limits, by the same functions. */
export async function findAll(
  db: Knex,
  { q, limit, actor }: Asked,
): Promise<{ kind: Kind; hits: Hit[]; hasMore: boolean }[]> {
  const asked = { q, limit: limit + 1, actor };
  const [campaigns, entities, inspectors, items, [visits, cases]] = await Promise.all([
    campaignsIn(db, asked),
    entitiesIn(db, asked),
    inspectorsIn(db, asked),
    itemsIn(db, asked),
    atEntities(db, asked),
  ]);
  const found: [Kind, Hit[]][] = [
    ['campaign', campaigns],
    ['entity', entities],
    ['inspector', inspectors],
    ['item', items],
    ['visit', visits],
    ['case', cases],
  ];
  return found
    .filter(([, hits]) => hits.length > 0)
    .map(([kind, hits]) => ({ kind, hits: hits.slice(0, limit), hasMore: hits.length > limit }));
}

async function campaignsIn(db: Knex, { q, limit, actor }: Asked): Promise<Hit[]> {
  const rows = await findCampaigns(db, { q, limit, areas: areasOf(actor).map(prefixOf) });
  return rows.map((row) => ({ id: row.code, name: row.name, notes: [row.code, row.lead_name] }));
}

async function entitiesIn(db: Knex, { q, limit, actor }: Asked): Promise<Hit[]> {
  const rows = await listEntities(db, { q, limit, areas: areasOf(actor) });
  return rows.map((row) => ({ id: row.credit_code, name: row.name, notes: [row.credit_code] }));
}

async function inspectorsIn(db: Knex, { q, limit }: Asked): Promise<Hit[]> {
  const [rows, departmentOf] = await Promise.all([listInspectors(db, { q, limit }), departmentNamer(db)]);
  return rows.map(({ code, name, department_code: department }) => ({
    ...{ id: code, name, notes: [code, departmentOf(department).name] },
  }));
}

async function itemsIn(db: Knex, { q, limit }: Asked): Promise<Hit[]> {
  const rows = await findItems(db, { q, limit });
  return rows.map((row) => ({ id: row.code, name: row.name, notes: [row.code, row.department_name] }));
}

/** Visits and violations, by whom they are about. */
async function atEntities(db: Knex, { q, limit, actor }: Asked): Promise<[Hit[], Hit[]]> {
  const ids = await entityIdsLike(db, q, FEW + 1);
  if (ids.length === 0) return [[], []];
  const isRare = ids.length <= FEW;
  // The start of a code names no entity while hundreds have it.
  if (!isRare && readsAsCode(q)) return [[], []];
  const at = isRare ? { entities: ids } : { named: nameKey(q) };
  const [visits, cases] = await Promise.all([
    listVisits(db, { ...sightOf(actor, false), ...at, state: 'all', isNewestFirst: true, limit }),
    listHandlingCases(db, { seenBy: seenBy(actor), ...at, limit }),
  ]);
  return [
    visits.map((row) => ({
      id: String(row.id),
      name: row.entity_name,
      notes: [row.campaign_name, `${row.campaign_code}-${row.number}`],
    })),
    cases.map((row) => ({
      id: String(row.id),
      name: row.entity_name,
      notes: [row.item_name, row.campaign_name],
    })),
  ];
}
