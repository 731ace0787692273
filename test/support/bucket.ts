/** A bucket on a real S3-compatible server (versitygw over a folder), which checks signatures and digests. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findOnPath } from '../../server/services/find-on-path';
import { goInstall } from '../../server/services/go-install';
import { cacheDir } from './temporal';
import { until } from './until';

const VERSION = 'v1.8.0';
const MODULE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;
const KEY = 'onevisit';
const SECRET = 'a secret/of+some length';

export interface TestBucket {
  /** As `EVIDENCE_BUCKET_URL` takes it. */
  url: string;
  /** Where the server keeps the objects. */
  folder: string;
  stop: () => Promise<void>;
}

export async function testBucket(): Promise<TestBucket> {
  const gateway = await findGateway();
  const root = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bucket-'));
  const folder = path.join(root, 'evidence-bucket');
  mkdirSync(folder);
  const port = await freePort();
  const child = spawn(gateway, ['--port', `127.0.0.1:${port}`, 'posix', '--nometa', root], {
    env: { ...process.env, ROOT_ACCESS_KEY: KEY, ROOT_SECRET_KEY: SECRET },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => {
        if (child.exitCode !== null) throw new Error(`versitygw ended: ${said}`);
        return false;
      },
    );
  await until(answers, (isUp) => isUp);
  return {
    url: `http://${KEY}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/evidence-bucket?region=us-east-1`,
    folder,
    stop: async () => {
      child.kill();
      await ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** From the PATH or the cache; else built once, which takes Go a minute or two. */
async function findGateway(): Promise<string> {
  const installed = findOnPath('versitygw');
  if (installed) return installed;
  const folder = path.join(cacheDir(), 'versitygw');
  const cached = path.join(folder, `versitygw-${VERSION}`);
  if (existsSync(cached)) return cached;
  const order = { module: MODULE, name: 'versitygw', folder, env: process.env };
  await goInstall({ ...order, onProgress: (text) => void process.stderr.write(`${text}\n`) }, (built) => {
    const next = `${cached}.${process.pid}`;
    copyFileSync(built, next);
    chmodSync(next, 0o755);
    renameSync(next, cached);
    return Promise.resolve();
  });
  return cached;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
