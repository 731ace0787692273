import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { assertPortFree } from '../../../server/ports';
import { claimHome, publishRunning, readRunning, releaseHome } from '../../../server/supervisor/running';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'onevisit-test-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

test('a second system on the same folder is told where the first one is', async () => {
  await claimHome(home);
  const addresses = {
    web: 'http://localhost:8100',
    api: 'http://localhost:8100',
    mailPage: null,
    temporalUi: null,
  };
  publishRunning(home, { addresses, ports: null, services: { api: { pid: process.pid, serverPid: null } } });
  await expect(claimHome(home)).rejects.toThrow('http://localhost:8100');
  expect(readRunning(home)).toMatchObject({ pid: process.pid, addresses });
  releaseHome(home);
  expect(readRunning(home)).toBeNull();
});

test('what a killed system left behind does not keep the next one out', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(path.join(home, 'run.json'), JSON.stringify({ pid: dead, startTime: '1', services: {} }));
  expect(readRunning(home)).toBeNull();
  await claimHome(home);
  expect(readRunning(home)?.pid).toBe(process.pid);
});

test('a live process that merely got the same id is not taken for the system', () => {
  const stranger = { pid: process.pid, startTime: 'another time', services: {} };
  writeFileSync(path.join(home, 'run.json'), JSON.stringify(stranger));
  expect(readRunning(home)).toBeNull();
});

test('a file that a crash cut off counts for nothing', async () => {
  writeFileSync(path.join(home, 'run.json'), '{"pid": 1');
  await claimHome(home);
  expect(readRunning(home)?.pid).toBe(process.pid);
});

test('a folder that cannot be made says so, with the way out', async () => {
  const file = path.join(home, 'file');
  writeFileSync(file, '');
  await expect(claimHome(path.join(file, 'home'))).rejects.toThrow(/ENOTDIR[^]*ONEVISIT_HOME/);
});

test('a busy port is named with its part and the setting that moves it', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const part = { chinese: '邮件页', english: 'mail page' };
  await expect(assertPortFree(port, '127.0.0.1', part)).rejects.toThrow(
    new RegExp(`${String(port)}（邮件页）已被占用[^]*ONEVISIT_PORT`),
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(assertPortFree(port, '127.0.0.1', part)).resolves.toBeUndefined();
});
