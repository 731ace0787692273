import { Readable } from 'node:stream';
import { listImports } from '../../db/import-views';
import { workflowIds } from '../../domain/names';
import { entitiesCsv, inspectorsCsv } from '../../examples/as-csv';
import { inventedCity } from '../../examples/invented-city';
import { storeJob } from '../../imports/jobs';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
}, 120_000);

afterAll(() => town.stop());

const store = (kind: 'entities' | 'inspectors', fileName: string, content: string) =>
  storeJob(
    town.db,
    {
      kind,
      mode: 'changes',
      dryRun: false,
      fileName,
      startedBy: town.city.users['coordinator'] ?? 0,
      departments: null,
    },
    Readable.from([Buffer.from(content)]),
  );

test('files are carried out one after the other, in the order of their uploads', async () => {
  const city = inventedCity({ entities: 300, today: '2026-05-06' });
  const known = new Set(await town.db('regions').pluck<string[]>('code'));
  const entities = city.entities.filter(({ regionCode }) => known.has(regionCode));
  const table = entitiesCsv({ ...city, entities });
  await store('entities', 'first.csv', table);
  await store('entities', 'again.csv', table);
  await store('inspectors', 'inspectors.csv', inspectorsCsv(city));
  await store('entities', 'header.csv', table.slice(0, table.indexOf('\n') + 1));
  const { gateway } = town.worker;
  for (const kind of ['entities', 'entities', 'inspectors']) await gateway.wakeImports(kind);
  await town.ended(workflowIds.imports('entities'));
  await town.ended(workflowIds.imports('inspectors'));
  const runs = await listImports(town.db, { kind: 'entities', limit: 3 });
  expect(runs.reverse()).toMatchObject([
    { file_name: 'first.csv', status: 'done', progress: 100, added: entities.length },
    { file_name: 'again.csv', status: 'done', added: 0, unchanged: entities.length },
    { file_name: 'header.csv', status: 'failed' },
  ]);
  expect(await town.db('import_files').first()).toBeUndefined();
  await keepHistory(town.env.client, workflowIds.imports('entities'), 'imports');

  // One that came to its end begins anew.
  await store('entities', 'third.csv', table);
  await gateway.wakeImports('entities');
  await town.ended(workflowIds.imports('entities'));
  expect(await listImports(town.db, { kind: 'entities', limit: 1 })).toMatchObject([
    { unchanged: entities.length },
  ]);
});
