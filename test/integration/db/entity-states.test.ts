/** What `entity_versions` keeps of an entity, and that it goes on telling of something. */
import { applyEntities, createEntityStaging, planEntities, stageEntities } from '../../../db/registry-merge';
import { createRefusedKeys, insertImport } from '../../../db/imports';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const NOT_KEPT = ['id', 'credit_code', 'kind_id', 'updated_at'];

test('a state has every column that changes, and neither its entity nor its import can go', async () => {
  const { db } = database;
  const importId = await insertImport(db, {
    ...{ kind: 'entities', mode: 'full', dryRun: false, fileName: 'one.csv', fileSha256: null },
    ...{ encoding: 'utf-8', header: [], startedBy: null },
  });
  await db.transaction(async (trx) => {
    await createEntityStaging(trx);
    await createRefusedKeys(trx);
    const row = {
      ...{ creditCode: '916109000000000019', name: '甲"店\\', regionCode: '610902', status: null },
      ...{ entityType: null, businessScope: '餐饮', address: null, establishedOn: '2004-11-29' },
      ...{ scopeTags: ['catering'], declaredTags: ['a,"b"\\'], riskClass: 'B' as const, flags: [] },
      ...{ complaints: 2, industryCode: null, contactName: '', contactPhone: null, listedBy: [] },
    };
    await stageEntities(trx, [{ rowNumber: 2, key: row.creditCode, row }]);
    await planEntities(trx, 'full', null);
    await applyEntities(trx, importId, 'full');
  });
  const [version] = await db('entity_versions').select<{ entity_id: number; state: object }[]>();
  const { rows } = await db.raw<{ rows: [{ whole: Record<string, unknown> }] }>(
    'select to_jsonb(e) as whole from entities e',
  );
  const { whole } = rows[0];
  expect(whole).toMatchObject({ name: '甲"店\\', declared_tags: ['a,"b"\\'], tags: ['a,"b"\\', 'catering'] });
  const kept = Object.entries(whole).filter(([column]) => !NOT_KEPT.includes(column));
  expect(version?.state).toEqual(Object.fromEntries(kept));

  await expect(db('entities').where({ id: version?.entity_id }).delete()).rejects.toThrow('entity_versions');
  await expect(db('imports').where({ id: importId }).delete()).rejects.toThrow('entity_versions');
});
