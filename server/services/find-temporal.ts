import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../start-error';
import { findOnPath } from './find-on-path';
import { goInstall } from './go-install';
import { sdkDownload } from './sdk-download';

/** The version `go install` builds; it embeds Temporal Server 1.29. */
const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

export interface FindTemporalOptions {
  cacheDir: string;
  /** Gets a line now and then while something long runs. */
  onProgress?: (text: string) => void;
  /** The environment that names PATH; for tests. */
  env?: NodeJS.ProcessEnv;
}

export interface FoundTemporal {
  path: string;
  source: 'path' | 'cache' | 'download' | 'go';
}

/**
 * The `temporal` command: from the PATH, the cache, the SDK's download or `go install`. The first that runs is
 * taken; what was fetched or built stays in the cache. Throws with every attempt's reason when none works.
 */
export async function findTemporal(options: FindTemporalOptions): Promise<FoundTemporal> {
  const env = options.env ?? process.env;
  const progress = options.onProgress ?? (() => undefined);
  const folder = path.join(options.cacheDir, 'temporal');
  const cached = path.join(folder, executable('temporal'));
  const attempts: [FoundTemporal['source'], () => Promise<string>][] = [
    ['path', () => onPath(env)],
    ['cache', () => inCache(cached)],
    ['download', () => download(folder, cached, progress)],
    ['go', () => build(env, folder, cached, progress)],
  ];
  const reasons: string[] = [];
  for (const [source, attempt] of attempts) {
    try {
      return { path: await attempt(), source };
    } catch (error) {
      reasons.push(`${LABELS[source]}: ${(error as Error).message}`);
    }
  }
  const list = reasons.map((reason) => `  - ${reason}`).join('\n');
  throw new StartError(
    `找不到 Temporal，已依次尝试：\n${list}\n` +
      '解决办法：安装 temporal 命令行工具（https://docs.temporal.io/cli）并放入 PATH；' +
      '或安装 Go 后重试；或把 TEMPORAL_ADDRESS 设为已有的 Temporal 服务。',
    'Temporal was not found (attempts above). Install the temporal CLI on the PATH, or install Go and retry, ' +
      'or set TEMPORAL_ADDRESS to a running Temporal service.',
  );
}

const LABELS: Record<FoundTemporal['source'], string> = {
  path: 'PATH',
  cache: '缓存 cache',
  download: 'SDK 下载 download',
  go: 'go install',
};

async function onPath(env: NodeJS.ProcessEnv): Promise<string> {
  const found = findOnPath('temporal', env);
  if (!found) throw new Error('没有 temporal 命令 / no temporal command');
  await mustRun(found);
  return found;
}

async function inCache(cached: string): Promise<string> {
  if (!existsSync(cached)) throw new Error(`没有 / no ${cached}`);
  await mustRun(cached);
  return cached;
}

async function download(folder: string, cached: string, progress: (text: string) => void): Promise<string> {
  progress('下载 downloading Temporal …');
  const downloads = path.join(folder, 'download');
  try {
    const file = await sdkDownload('dev-server', downloads, DOWNLOAD_TIMEOUT_MS, (size) => {
      progress(`下载 downloading Temporal … ${size}`);
    });
    await adopt(file, cached);
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
  return cached;
}

async function build(
  env: NodeJS.ProcessEnv,
  folder: string,
  cached: string,
  onProgress: (text: string) => void,
): Promise<string> {
  await goInstall({ module: CLI_MODULE, name: 'Temporal', folder, env, onProgress }, (built) =>
    adopt(built, cached),
  );
  return cached;
}

/** Moves a working executable to its place in one step: another process may be looking. */
async function adopt(file: string, place: string): Promise<void> {
  chmodSync(file, 0o755);
  await mustRun(file);
  const next = `${place}.${String(process.pid)}`;
  copyFileSync(file, next);
  chmodSync(next, 0o755);
  renameSync(next, place);
}

async function mustRun(file: string): Promise<void> {
  const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 30_000 });
  if (!/temporal version/i.test(stdout))
    throw new Error(`${file} 不是 Temporal 命令 / is not the Temporal CLI`);
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}
