import { mkdtempSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseConfig, type Config } from '../../../server/config';

/** A configuration on a new home folder and a base port whose six ports are free now. */
export async function scratchConfig(env: Record<string, string> = {}): Promise<Config> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'onevisit-test-'));
  const { config, problems } = parseConfig(
    { ONEVISIT_HOME: home, ONEVISIT_PORT: String(await freeBasePort()), ...env },
    os.tmpdir(),
  );
  if (!config) throw new Error(JSON.stringify(problems));
  return config;
}

async function freeBasePort(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
