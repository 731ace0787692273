import os from 'node:os';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { parseConfig } from '../../server/config';
import { findTemporal } from '../../server/services/find-temporal';
import { findTestServer } from './find-test-server';

/**
 * A Temporal server whose clock jumps over what workflows wait for. Time is global to it: run one test at a time.
 * Found in the cache or fetched once; the caller ends it with `teardown()`.
 */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const path = await findTestServer(cacheDir());
  for (let tries = 1; ; tries += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      });
    } catch (error) {
      // The SDK gives it five seconds, which Java doesn't make on a machine that is busy with other tests.
      if (tries === 5 || !String(error).includes('did not start within')) throw error;
    }
  }
}

/** Temporal's real development server on a free port, in memory, without its page; `settings` are its dynamic ones. */
export async function devServer(
  settings: Readonly<Record<string, string | number>> = {},
): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const { path } = await findTemporal({ cacheDir: cacheDir() });
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      ip: '127.0.0.1',
      log: { format: 'pretty', level: 'error' },
      extraArgs: Object.entries(settings).flatMap(([name, value]) => [
        '--dynamic-config-value',
        `${name}=${JSON.stringify(value)}`,
      ]),
    },
  });
}

let quiet = false;

/** Temporal's runtime is one per test file and takes its logger before its first use only. */
function quietRuntime(): void {
  if (!quiet) Runtime.install({ logger: new DefaultLogger('ERROR') });
  quiet = true;
}

export function cacheDir(): string {
  const { config, problems } = parseConfig(
    { ONEVISIT_CACHE: process.env['ONEVISIT_CACHE'], XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] },
    os.tmpdir(),
  );
  if (!config) throw new Error(JSON.stringify(problems));
  return config.cacheDir;
}
