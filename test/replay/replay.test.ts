/** Histories of released versions replay on today's workflows: what runs at a site survives the upgrade. */
import path from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { recordedHistories } from '../support/histories';

const recorded = recordedHistories();
let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  const workflowsPath = path.join(__dirname, '../../workflows/index.ts');
  const workflowInterceptorModules = [path.join(__dirname, '../../workflows/carry-trace.ts')];
  workflowBundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, logger });
}, 240_000);

test.each(recorded)('$name', async ({ workflowId, history }) => {
  await Worker.runReplayHistory(
    { workflowBundle, replayName: workflowId.replace('/', '-') },
    history,
    workflowId,
  );
});

test('every workflow is among them', () => {
  const kinds = new Set(recorded.map(({ workflowId }) => workflowId.split('/')[0]));
  expect([...kinds].sort()).toEqual([
    'annual-plan',
    'audit',
    'bulletin',
    'campaign',
    'deliveries',
    'exchange',
    'handling',
    'imports',
    'mail-reports',
    'notices',
    'oversight',
    'retention',
    'tag-rule-saves',
  ]);
});
