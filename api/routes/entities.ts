import { readOwnVisits } from '../../db/entity-contacts';
import { readDepartmentTags } from '../../db/department-tags';
import { listDepartments } from '../../db/organisation';
import { countAlike, registryBegan } from '../../db/registry-days';
import { countEntities, listEntities, orderOf } from '../../db/registries';
import { dayOf, endOf } from '../../domain/deadlines/working-days';
import { relationsToEntity } from '../../domain/privacy/fields';
import { inRegistryOf } from '../../domain/registry/registry-of';
import { areasOf } from '../areas-of';
import { registriesContract as contract } from '../contract/registries';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { entityFilterOf } from '../registries/entity-filter';
import { entityRecord } from '../registries/entity-record';
import { entityOf, noEntity } from '../registries/entity-of';
import { entityCsv, entityWorkbook } from '../registries/entity-table';

export const entityRoutes = [
  implement(contract.listEntities, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, ...asked } = query;
    const filter = await entityFilterOf(db, asked, actor, now());
    const order = orderOf(filter);
    const after = decodeCursor(cursor, isPositionIn(order));
    const rows = await listEntities(db, {
      ...filter,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, limit, (row) => row[order]);
    return {
      ...page,
      rows: page.rows.map((row) => entityOf(row, relationsToEntity(actor, row.region_code))),
    };
  }),

  implement(contract.countEntities, async ({ query, actor }, { db, now }) =>
    countEntities(db, await entityFilterOf(db, query, actor, now())),
  ),

  implement(contract.downloadEntities, async ({ query, actor }, { db, now }) =>
    entityCsv(db, await entityFilterOf(db, query, actor, now()), fileName(query.on ?? dayOf(now()))),
  ),

  implement(contract.downloadEntityWorkbook, async ({ query, actor }, { db, now }) =>
    entityWorkbook(db, await entityFilterOf(db, query, actor, now()), fileName(query.on ?? dayOf(now()))),
  ),

  implement(contract.readRegistryDay, async ({ params, actor }, { db, now }) => {
    const end = endOf(params.day);
    const [began, departments, tags, alike] = await Promise.all([
      registryBegan(db),
      listDepartments(db),
      readDepartmentTags(db, end < now() ? end : now()),
      countAlike(db, end, areasOf(actor)),
    ]);
    const sum = (rows: typeof alike) => rows.reduce((total, row) => total + row.entities, 0);
    return {
      day: params.day,
      began: began ? dayOf(began) : null,
      active: sum(alike),
      departments: departments
        .filter(({ kind }) => kind === 'inspecting')
        .map(({ code }) => {
          const byTag = tags.get(code);
          const inIt = alike.filter((row) => inRegistryOf(code, byTag, row) !== null);
          return {
            department: code,
            entities: sum(inIt),
            listed: sum(inIt.filter((row) => inRegistryOf(code, byTag, row) === 'listed')),
          };
        }),
    };
  }),

  implement(contract.readEntity, async ({ params, actor }, { db, now }) => {
    const [row] = await listEntities(db, { creditCode: params.creditCode, areas: areasOf(actor), limit: 1 });
    if (!row) throw noEntity(params.creditCode);
    const own = await readOwnVisits(db, actor.id, row.credit_code, dayOf(now()));
    return entityOf(row, relationsToEntity(actor, row.region_code, own));
  }),

  implement(contract.readEntityRecord, ({ params, query, actor }, { db, now }) =>
    entityRecord(db, { creditCode: params.creditCode, on: query.on, actor, now: now() }),
  ),
];

const fileName = (day: string) => `检查对象-${day}`;

const isPositionIn =
  (order: 'id' | 'credit_code') =>
  (value: unknown): value is string | number =>
    order === 'id' ? isId(value) : typeof value === 'string';
