// Builds what is stale: compiled TypeScript, the workflow bundle, the OpenAPI document and its types, the web page.
// `node tools/build.mjs [server|bundle|api-types|web …]`; without names: everything.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { compressAssets, weighPages } from './web-sizes.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.stamps.json');
const lockFile = path.join(dist, '.lock');
const require = createRequire(path.join(root, 'package.json'));

const COMPILED = [
  'domain',
  'db',
  'workflows',
  'activities',
  'imports',
  'evidence',
  'documents',
  'api',
  'server',
  'examples',
];
/** Served beside the pages as they are: a copy from the public site is the file in this repository. */
const PUBLIC_VERIFIERS = ['verifier/verify.html', 'verifier/verify.py'];
const TOOLCHAIN = ['package.json', 'package-lock.json', 'tools/build.mjs', 'tools/web-sizes.mjs'];

/** In order of their dependence. A step runs when a hash of its inputs changed or an output is missing. */
const STEPS = [
  {
    name: 'server',
    label: '编译服务端 compiling the server',
    inputs: [...COMPILED, 'tsconfig.json', 'tsconfig.build.json'],
    outputs: ['dist/server/start.js'],
    run: compile,
  },
  {
    name: 'bench',
    label: '编译基准测试 compiling the benches',
    needs: ['server'],
    when: () => existsSync(path.join(root, 'bench/tsconfig.json')),
    inputs: ['bench', ...COMPILED, 'tsconfig.json'],
    outputs: ['dist/bench/run.js'],
    run: compileBench,
  },
  {
    name: 'bundle',
    label: '打包工作流 bundling workflows',
    needs: ['server'],
    when: () => existsSync(path.join(root, 'workflows/index.ts')),
    inputs: ['workflows', 'domain'],
    outputs: ['dist/workflow-bundle.js'],
    run: bundleWorkflows,
  },
  {
    name: 'api-types',
    label: '生成接口类型 generating API types',
    needs: ['server'],
    inputs: ['api', 'domain'],
    outputs: ['dist/openapi.json', 'web/src/api/schema.d.ts'],
    run: generateApiTypes,
  },
  {
    name: 'web',
    label: '构建网页 building the web page',
    needs: ['api-types'],
    when: () => existsSync(path.join(root, 'web/vite.config.ts')),
    inputs: ['web', ...PUBLIC_VERIFIERS],
    outputs: ['dist/web/index.html', 'dist/web/public.html', 'dist/web-server/open-server.cjs'],
    run: buildWeb,
  },
];

/** A built image carries no sources: nothing can be stale there. */
export const hasSources = () => existsSync(path.join(root, 'tsconfig.json'));

/** Brings the named steps and what they need up to date; throws the failing step's error. */
export async function build(names = STEPS.map((step) => step.name)) {
  if (!hasSources()) return;
  const wanted = withNeeds(names);
  const stale = () => STEPS.filter((step) => wanted.has(step.name) && isStale(step, readStamps()));
  if (stale().length === 0) return;
  mkdirSync(dist, { recursive: true });
  await withLock(async () => {
    for (const step of STEPS) {
      if (!wanted.has(step.name) || !isStale(step, readStamps())) continue;
      const hash = hashOf(step);
      const began = Date.now();
      process.stdout.write(`${step.label} … `);
      try {
        await step.run();
      } catch (error) {
        process.stdout.write('失败 failed\n');
        throw error;
      }
      process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
      writeAtomic(stampFile, JSON.stringify({ ...readStamps(), [step.name]: hash }, null, 2) + '\n');
    }
  });
}

function withNeeds(names) {
  const wanted = new Set();
  const add = (name) => {
    const step = STEPS.find((each) => each.name === name);
    if (!step)
      throw new BuildError(`no build step ${name}; there are: ${STEPS.map((s) => s.name).join(', ')}`);
    wanted.add(name);
    for (const need of step.needs ?? []) add(need);
  };
  names.forEach(add);
  return wanted;
}

class BuildError extends Error {}

function isStale(step, stamps) {
  if (step.when && !step.when()) return false;
  return (
    stamps[step.name] !== hashOf(step) || step.outputs.some((file) => !existsSync(path.join(root, file)))
  );
}

function hashOf(step) {
  const hash = createHash('sha256');
  const outputs = new Set(step.outputs.map((file) => path.join(root, file)));
  const needed = STEPS.filter((each) => step.needs?.includes(each.name)).flatMap((each) => each.outputs);
  for (const input of [...step.inputs, ...TOOLCHAIN, ...needed.filter((file) => !file.endsWith('.js'))]) {
    for (const file of filesUnder(path.join(root, input))) {
      if (outputs.has(file)) continue;
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(place) {
  if (!existsSync(place)) return [];
  try {
    return readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const file = path.join(place, entry.name);
        return entry.isDirectory() ? filesUnder(file) : [file];
      });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [place];
    throw error;
  }
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function writeAtomic(file, text) {
  writeFileSync(`${file}.${process.pid}.tmp`, text);
  renameSync(`${file}.${process.pid}.tmp`, file);
}

async function compile() {
  const buildInfo = path.join(dist, '.tsbuildinfo');
  // The compiler trusts this file and would not write again what someone deleted.
  if (!existsSync(path.join(dist, 'server/start.js'))) rmSync(buildInfo, { force: true });
  await runBin('typescript', 'tsc', [
    '-p',
    'tsconfig.build.json',
    '--pretty',
    String(Boolean(process.stdout.isTTY)),
  ]);
  removeOrphans(COMPILED);
}

async function compileBench() {
  await runBin('typescript', 'tsc', [
    '-p',
    'bench/tsconfig.json',
    '--pretty',
    String(Boolean(process.stdout.isTTY)),
  ]);
  removeOrphans(['bench']);
}

/** What was compiled from sources that are gone. */
function removeOrphans(folders) {
  for (const folder of folders) {
    for (const file of filesUnder(path.join(dist, folder))) {
      const source = path.join(root, path.relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
      if (source.endsWith('.ts') && !existsSync(source)) rmSync(file);
    }
  }
}

async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  const warnings = [];
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(dist, 'workflows/index.js'),
    workflowInterceptorModules: [path.join(dist, 'workflows/carry-trace.js')],
    logger: new DefaultLogger('WARN', (entry) => warnings.push(entry.message)),
  }).catch((error) => {
    throw new BuildError([...warnings, error.message].join('\n'));
  });
  writeAtomic(path.join(dist, 'workflow-bundle.js'), code);
}

async function generateApiTypes() {
  const { openApiDocument } = require(path.join(dist, 'api/openapi.js'));
  const { version } = require(path.join(root, 'package.json'));
  writeAtomic(path.join(dist, 'openapi.json'), JSON.stringify(openApiDocument(version), null, 2) + '\n');
  mkdirSync(path.join(root, 'web/src/api'), { recursive: true });
  await runBin('openapi-typescript', 'openapi-typescript', [
    'dist/openapi.json',
    '-o',
    'web/src/api/schema.d.ts',
  ]);
}

async function buildWeb() {
  const vite = (...args) => runBin('vite', 'vite', ['build', '--logLevel', 'warn', ...args], 'web');
  await vite('--config', 'vite.config.ts');
  await Promise.all([
    vite('--config', 'vite.public.config.ts'),
    vite('--config', 'vite.public.config.ts', '--ssr', 'src/open-server.tsx'),
  ]);
  const folder = path.join(dist, 'web');
  for (const file of PUBLIC_VERIFIERS) {
    copyFileSync(path.join(root, file), path.join(folder, path.basename(file)));
  }
  await compressAssets(path.join(folder, 'assets'));
  process.stdout.write(`\n${weighPages(folder).join('\n')}\n  `);
}

/** Runs a package's command with this same Node; its output is shown only when it fails. */
async function runBin(packageName, command, args, folder = '.') {
  const home = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const script = path.join(home, typeof bin === 'string' ? bin : bin[command]);
  const child = spawn(process.execPath, [script, ...args], {
    cwd: path.join(root, folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0)
    throw new BuildError(stripVTControlCharacters(output).trim() || `${command}: exit code ${code}`);
}

/** Two builds at once would write the same files: the second waits for the first. */
async function withLock(work) {
  let announced = false;
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!lockIsHeld()) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!announced) console.log('等待另一个构建结束 waiting for another build …');
    announced = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function lockIsHeld() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    // Empty for the instant between creating and writing it.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  build(names.length > 0 ? names : undefined).catch((error) => {
    console.error(error instanceof BuildError ? error.message : error);
    process.exit(1);
  });
}
