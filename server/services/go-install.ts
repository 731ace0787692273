import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from './find-on-path';

const BUILD_TIMEOUT_MS = 20 * 60_000;

export interface GoInstall {
  /** With its version. */
  module: string;
  name: string;
  /** Where it is built, in a folder of its own that is gone afterwards. */
  folder: string;
  env: NodeJS.ProcessEnv;
  onProgress: (text: string) => void;
}

/** Builds a program from its sources where Go is installed, and gives the executable to `use`. */
export async function goInstall(order: GoInstall, use: (executable: string) => Promise<void>): Promise<void> {
  const go = findOnPath('go', order.env);
  if (!go) throw new Error('没有 go 命令 / no go command');
  const target = path.join(order.folder, `build-${String(process.pid)}`);
  mkdirSync(target, { recursive: true });
  try {
    await runGo(go, target, order);
    const built = readdirSync(target)[0];
    if (!built) throw new Error('go install left no executable');
    await use(path.join(target, built));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

/** Go says nothing while it compiles: the elapsed time and the modules fetched so far show that it lives. */
async function runGo(
  go: string,
  target: string,
  { module, name, env, onProgress }: GoInstall,
): Promise<void> {
  const began = Date.now();
  let modules = 0;
  let lastLine = '';
  const show = () => {
    const seconds = String(Math.round((Date.now() - began) / 1000));
    onProgress(
      `用 Go 构建 building ${name} with Go … ${seconds} s，已下载模块 modules fetched: ${String(modules)}`,
    );
  };
  show();
  const child = spawn(go, ['install', module], {
    env: { ...env, GOBIN: target, GOFLAGS: '', CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: BUILD_TIMEOUT_MS,
  });
  const killBuild = () => child.kill('SIGKILL');
  process.once('exit', killBuild);
  const ticker = setInterval(show, 15_000);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) {
      if (line.startsWith('go: downloading')) modules += 1;
      if (line.trim()) lastLine = line.trim();
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  }).finally(() => {
    clearInterval(ticker);
    process.off('exit', killBuild);
  });
  if (code !== 0) throw new Error(lastLine || `exit code ${String(code)}`);
}
