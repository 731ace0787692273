// `node tools/run.mjs NAME [args]`: builds what is stale, then runs one of the programs of server/.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build, hasSources, root } from './build.mjs';

const launchedAt = Date.now();

/** Program → what must be built for it. */
const PROGRAMS = {
  start: { file: 'server/start.js' },
  api: { file: 'server/api.js', steps: ['server', 'web'] },
  worker: { file: 'server/worker.js', steps: ['server', 'bundle'] },
  demo: { file: 'server/cli/demo.js' },
  import: { file: 'server/cli/import.js', steps: ['server'] },
  migrate: { file: 'server/cli/migrate.js', steps: ['server'] },
  bench: { file: 'bench/run.js', steps: ['bench', 'bundle'] },
  user: { file: 'server/cli/user.js', steps: ['server'] },
  backup: { file: 'server/cli/backup.js', steps: ['server'] },
  restore: { file: 'server/cli/restore.js', steps: ['server'] },
  resume: { file: 'server/cli/resume.js', steps: ['server'] },
  'drill:restore': { file: 'server/cli/drill-restore.js' },
  verify: { file: 'server/cli/verify.js', steps: ['server'] },
  'audit:key': { file: 'server/cli/audit-key.js', steps: ['server'] },
  retention: { file: 'server/cli/retention.js', steps: ['server'] },
  'personal-data': { file: 'server/cli/personal-data.js', steps: ['server'] },
  'audit:verify': { file: 'server/cli/audit-verify.js', steps: ['server'] },
};

const [name, ...args] = process.argv.slice(2);
const program = Object.hasOwn(PROGRAMS, name ?? '') ? PROGRAMS[name] : null;
if (!program) {
  console.error(`用法 usage: node tools/run.mjs ${Object.keys(PROGRAMS).join('|')} [参数 arguments]`);
  process.exit(2);
}
const file = path.join(root, 'dist', program.file);

if (hasSources()) {
  // What a script reads from standard output must not begin with build messages.
  const stdoutWrite = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    await build(program.steps);
  } catch (error) {
    console.error(`构建失败 the build failed:\n${error.message}`);
    process.exit(1);
  }
  process.stdout.write = stdoutWrite;
}
if (!existsSync(file)) {
  console.error(`没有 ${file}，请先运行 npm run build / is missing, run npm run build first`);
  process.exit(1);
}
run();

function run() {
  const child = spawn(bestNode(), ['--enable-source-maps', file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ONEVISIT_LAUNCHED_AT: String(launchedAt) },
  });
  // Ctrl-C on a terminal reaches the child by itself: sending it again would hurry a clean stop.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 1)));
}

/**
 * The runtime that npm installed with the dependencies when it is newer than the machine's: Node's current release
 * serves several times as many requests as Node 20. The machine's own works as well.
 */
function bestNode() {
  const installed = path.join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (process.platform === 'win32' || !existsSync(installed)) return process.execPath;
  const { status, stdout } = spawnSync(installed, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const major = (version) => Number(/^v(\d+)/.exec(version ?? '')?.[1] ?? 0);
  return status === 0 && major(stdout) > major(process.version) ? installed : process.execPath;
}
