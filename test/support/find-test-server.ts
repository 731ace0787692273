import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sdkDownload } from '../../server/services/sdk-download';
import { adopt } from './adopt';
import { fromMaven } from './from-maven';

/** The version the SDK downloads; Maven Central has it as a library with a main class. */
const TEST_SERVER_VERSION = '1.38.0';
const DOWNLOAD_TIMEOUT_MS = 60_000;

/**
 * Path of an executable Temporal test server, whose clock skips the waiting, for
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * From the cache, the SDK's download, or Maven Central where Java and Maven exist.
 */
export async function findTestServer(
  cacheDir: string,
  onProgress: (text: string) => void = () => undefined,
): Promise<string> {
  const folder = path.join(cacheDir, `temporal-test-server-${TEST_SERVER_VERSION}`);
  const executable = path.join(folder, 'temporal-test-server');
  if (existsSync(executable)) return executable;
  const scratch = `${folder}.${String(process.pid)}`;
  const reasons: string[] = [];
  try {
    for (const [name, fetchInto] of [
      ['SDK download', download],
      ['Maven', testServerFromMaven],
    ] as const) {
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch, { recursive: true });
      try {
        onProgress(`Temporal test server: ${name} …`);
        await fetchInto(scratch, (text) => {
          onProgress(`Temporal test server: ${name} … ${text}`);
        });
        return adopt(scratch, folder, executable);
      } catch (error) {
        reasons.push(`${name}: ${(error as Error).message}`);
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  throw new Error(
    `The Temporal test server could not be had:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}\n` +
      'Give this machine access to temporal.download, or install Java and Maven.',
  );
}

async function download(folder: string, onProgress: (text: string) => void): Promise<void> {
  const file = await sdkDownload(
    'time-skipping',
    path.join(folder, 'download'),
    DOWNLOAD_TIMEOUT_MS,
    onProgress,
  );
  copyFileSync(file, path.join(folder, 'temporal-test-server'));
  chmodSync(path.join(folder, 'temporal-test-server'), 0o755);
  rmSync(path.join(folder, 'download'), { recursive: true, force: true });
}

/** `exec`, so that the SDK's signals reach Java itself. */
const WRAPPER = `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

async function testServerFromMaven(folder: string): Promise<void> {
  await fromMaven(folder, {
    group: 'io.temporal',
    artifact: 'temporal-test-server',
    version: TEST_SERVER_VERSION,
  });
  writeFileSync(path.join(folder, 'temporal-test-server'), WRAPPER, { mode: 0o755 });
}
