/** What an operator finds in Temporal's own page, on the real server: the skipping one can't be searched. */
import { readCampaign } from '../../db/campaigns';
import { workflowIds } from '../../domain/names';
import { ensureSearchAttributes } from '../../server/search-attributes';
import { StartError } from '../../server/start-error';
import { handInResults } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;

beforeAll(async () => {
  town = await workflowTown(devServer());
}, 120_000);

afterAll(() => town.stop());

async function found(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of town.env.client.workflow.list({ query })) ids.push(workflowId);
  return ids.sort();
}

/** The server shows what changed a moment later. */
const findsInTime = (query: string, wanted: string[]) =>
  until(
    () => found(query),
    (ids) => JSON.stringify(ids) === JSON.stringify([...wanted].sort()),
  );

test('campaigns are found by code, lead department, stage and county, as they move on', async () => {
  const { campaignAt, carryTo } = town.officials;
  const east = await campaignAt('approved', { regions: ['691101'] });
  const west = await campaignAt('approved', { regions: ['691102'] });
  const [one, other] = [workflowIds.campaign(east), workflowIds.campaign(west)];
  await findsInTime(`OneVisitCampaign = '${east}'`, [one]);
  await findsInTime(`OneVisitDepartment = 'SCJG' AND OneVisitStage = 'approved'`, [one, other]);
  await findsInTime(`OneVisitRegions = '691102' AND WorkflowType = 'campaign'`, [other]);

  await carryTo(east, 'dispatched');
  await findsInTime(`OneVisitStage = 'approved' AND WorkflowType = 'campaign'`, [other]);
  await findsInTime(`OneVisitCampaign = '${east}' AND OneVisitStage = 'dispatched'`, [
    one,
    workflowIds.oversight(east),
  ]);
  await keepHistory(town.env.client, one, 'campaign-found');
  await keepHistory(town.env.client, workflowIds.oversight(east), 'oversight-found');
});

test('a handling case is found by its number, whom it concerns and who handles it', async () => {
  const { db, city, officials, worker } = town;
  const code = await officials.campaignAt('dispatched');
  // All entities are caterers: the health department has something everywhere.
  await handInResults(db, code, new Date(), ({ visit, department }) =>
    department === 'WJW' ? (visit === 1 ? 5 : 1) : null,
  );
  await worker.gateway.resultsArrived(code);
  const { id: campaignId } = await readCampaign(db, code);
  const { rows } = await db.raw<{ rows: [{ id: number; entity: string; region: string }] }>(
    `select h.id, e.credit_code as entity, e.region_code as region
       from handling_cases h join visits v on v.id = h.visit_id join entities e on e.id = v.entity_id
      where h.campaign_id = ?`,
    [campaignId],
  );
  const [{ id, entity, region }] = rows;
  const found = [workflowIds.handling(id)];
  await findsInTime(`OneVisitCase = '${id}'`, found);
  await findsInTime(`OneVisitEntity = '${entity}' AND OneVisitDepartment = 'WJW'`, found);
  await findsInTime(
    `OneVisitCampaign = '${code}' AND OneVisitRegions = '${region}' AND WorkflowType = 'handling'`,
    found,
  );
  await findsInTime(`OneVisitEntity = '${entity}' AND OneVisitStage = 'open'`, found);
  await worker.gateway.takeHandlingStep({
    ...{ caseId: id, key: 'rectified', actorId: city.users['wjw-liaison'] ?? 0, step: 'rectified' },
    ...{ note: '已改正', address: null, requestId: null },
  });
  await findsInTime(`OneVisitCase = '${id}' AND OneVisitStage = 'awaiting-recheck'`, found);
  await keepHistory(town.env.client, workflowIds.handling(id), 'handling-found');
});

test('making them known again changes nothing; a namespace that refuses is told how to go on', async () => {
  const { connection, client } = town.env;
  await ensureSearchAttributes(connection, client.options.namespace);
  const refused = ensureSearchAttributes(connection, 'nobody-made-this');
  await expect(refused).rejects.toBeInstanceOf(StartError);
  await expect(refused).rejects.toThrow(
    'temporal operator search-attribute create --namespace nobody-made-this',
  );
});
