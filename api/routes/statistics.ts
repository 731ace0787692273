import { dayOf } from '../../domain/deadlines/working-days';
import { statisticsContract as contract } from '../contract/statistics';
import { FileAnswer, implement } from '../implement';
import { chanceOf } from '../statistics/chance';
import { coverageOf } from '../statistics/coverage';
import { groomingOf } from '../statistics/grooming';
import { inspectorsOf } from '../statistics/inspectors';
import { scopeOf } from '../statistics/scope';
import { chanceTable, coverageTable, groomingTable, inspectorTable } from '../statistics/tables';

const csv = (text: string, name: string) => new FileAnswer(Buffer.from(text), `onevisit-${name}.csv`);

export const statisticsRoutes = [
  implement(contract.readCoverage, ({ query, actor }, { db, now }) =>
    coverageOf(db, scopeOf(query, actor), dayOf(now())),
  ),
  implement(contract.downloadCoverage, async ({ query, actor }, { db, now }) =>
    csv(coverageTable(await coverageOf(db, scopeOf(query, actor), dayOf(now()))), 'coverage'),
  ),
  implement(contract.readChance, ({ query, actor }, { db }) => chanceOf(db, scopeOf(query, actor))),
  implement(contract.downloadChance, async ({ query, actor }, { db }) =>
    csv(chanceTable(await chanceOf(db, scopeOf(query, actor))), 'chance'),
  ),
  implement(contract.readInspectorCounts, ({ query, actor }, { db }) =>
    inspectorsOf(db, scopeOf(query, actor)),
  ),
  implement(contract.downloadInspectorCounts, async ({ query, actor }, { db }) =>
    csv(inspectorTable(await inspectorsOf(db, scopeOf(query, actor))), 'inspectors'),
  ),
  implement(contract.readGrooming, ({ query, actor }, { db, now }) =>
    groomingOf(db, scopeOf(query, actor), query.days, now()),
  ),
  implement(contract.downloadGrooming, async ({ query, actor }, { db, now }) =>
    csv(groomingTable(await groomingOf(db, scopeOf(query, actor), query.days, now())), 'grooming'),
  ),
];
