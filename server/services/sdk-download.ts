import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the SDK can fetch for its own tests. */
export type SdkServer = 'dev-server' | 'time-skipping';

const FILE_PREFIX: Record<SdkServer, string> = {
  'dev-server': 'temporal-sdk-typescript',
  'time-skipping': 'temporal-test-server-sdk-typescript',
};

/**
 * The SDK downloads its servers only as part of starting one, in native code that nothing can interrupt:
 * so it runs in a process of its own, which can.
 */
const SCRIPT = `
const [, testing, kind, downloadDir] = process.argv;
const { TestWorkflowEnvironment } = require(testing);
const server = { executable: { type: 'cached-download', downloadDir, ttl: '3650 days' } };
const started = kind === 'dev-server'
  ? TestWorkflowEnvironment.createLocal({ server })
  : TestWorkflowEnvironment.createTimeSkipping({ server });
started.then((env) => env.teardown()).catch((error) => {
  console.error('REASON ' + String(error.message).split('\\n')[0]);
  process.exit(1);
});
`;

/** Has the SDK download one of its servers; gives the path of the executable, or throws with the SDK's reason. */
export async function sdkDownload(
  kind: SdkServer,
  directory: string,
  timeoutMs: number,
  onProgress: (text: string) => void,
): Promise<string> {
  let testing: string;
  try {
    testing = require.resolve('@temporalio/testing');
  } catch {
    throw new Error('@temporalio/testing is not installed (development dependencies were left out)');
  }
  mkdirSync(directory, { recursive: true });
  const child = spawn(process.execPath, ['-e', SCRIPT, testing, kind, directory], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ticker = setInterval(() => {
    onProgress(`${String(Math.round(folderSize(directory) / 1e6))} MB`);
  }, 2000);
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    abandon();
  }, timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  }).finally(() => {
    clearInterval(ticker);
    clearTimeout(timer);
    process.off('exit', abandon);
  });
  if (limit.passed) throw new Error(`no answer within ${String(timeoutMs / 1000)} s`);
  if (code !== 0) throw new Error(/^REASON (.*)$/m.exec(output)?.[1] ?? output.trim().slice(-300));
  const file = readdirSync(directory).find(
    (name) => name.startsWith(FILE_PREFIX[kind]) && !name.endsWith('.downloading'),
  );
  if (!file) throw new Error('the SDK reported success but left no executable');
  return path.join(directory, file);
}

function folderSize(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(path.join(directory, name)).size, 0);
}
