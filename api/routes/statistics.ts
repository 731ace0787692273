import { dayOf } from '../../domain/deadlines/working-days';
import { statisticsContract as contract } from '../contract/statistics';
import { implement } from '../implement';
import { chanceOf } from '../statistics/chance';
import { coverageOf } from '../statistics/coverage';
import { groomingOf } from '../statistics/grooming';
import { inspectorsOf } from '../statistics/inspectors';
import { scopeOf } from '../statistics/scope';
import { chanceTable, coverageTable, groomingTable, inspectorTable } from '../statistics/tables';

export const statisticsRoutes = [
  implement(contract.readCoverage, ({ query, actor }, { db, now }) =>
    coverageOf(db, scopeOf(query, actor), dayOf(now())),
  ),
  implement(contract.downloadCoverage, async ({ query, actor }, { db, now }) =>
    coverageTable(await coverageOf(db, scopeOf(query, actor), dayOf(now()))),
  ),
  implement(contract.readChance, ({ query, actor }, { db }) => chanceOf(db, scopeOf(query, actor))),
  implement(contract.downloadChance, async ({ query, actor }, { db }) =>
    chanceTable(await chanceOf(db, scopeOf(query, actor))),
  ),
  implement(contract.readInspectorCounts, ({ query, actor }, { db }) =>
    inspectorsOf(db, scopeOf(query, actor)),
  ),
  implement(contract.downloadInspectorCounts, async ({ query, actor }, { db }) =>
    inspectorTable(await inspectorsOf(db, scopeOf(query, actor))),
  ),
  implement(contract.readGrooming, ({ query, actor }, { db, now }) =>
    groomingOf(db, scopeOf(query, actor), query.days, now()),
  ),
  implement(contract.downloadGrooming, async ({ query, actor }, { db, now }) =>
    groomingTable(await groomingOf(db, scopeOf(query, actor), query.days, now())),
  ),
];
