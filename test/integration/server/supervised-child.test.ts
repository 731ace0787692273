import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive, waitUntilGone } from '../../../server/process-info';
import { StartError } from '../../../server/start-error';
import { SupervisedChild } from '../../../server/supervisor/supervised-child';

const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-test-'));
const READY = `process.send({ type: 'ready', details: {} }); process.on('disconnect', () => process.exit(0));`;
let child: SupervisedChild | null = null;

afterEach(async () => {
  await child?.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function make(
  script: string,
  onReady: () => void = () => undefined,
): { child: SupervisedChild; lines: string[] } {
  const file = path.join(folder, `${String(Math.random()).slice(2)}.cjs`);
  writeFileSync(file, script);
  const lines: string[] = [];
  child = new SupervisedChild({
    ...{ name: 'part', label: '部件', file, env: {}, logFile: `${file}.log`, stopTimeoutMs: 1000, onReady },
    print: (text) => lines.push(text),
  });
  return { child, lines };
}

test('a part that is killed comes back under a new id', async () => {
  let readyAgain: () => void = () => undefined;
  const again = new Promise<void>((resolve) => (readyAgain = resolve));
  let times = 0;
  const { child, lines } = make(READY, () => {
    times += 1;
    if (times === 2) readyAgain();
  });
  await child.start();
  const first = child.pids?.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await again;
  expect(child.pids?.pid).not.toBe(first);
  expect(lines[0]).toContain('意外结束（SIGKILL）');
});

test('what only the user can mend is passed on at once, in the words of the part', async () => {
  const { child } = make(
    `process.send({ type: 'fatal', message: '端口被占用。\\nThe port is in use.' }, () => process.exit(1));`,
  );
  const error = await child.start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartError);
  expect((error as Error).message).toBe('端口被占用。\nThe port is in use.');
});

test('a part that never starts is given up with the end of its log', async () => {
  const { child } = make(`console.error('no such module'); process.exit(3);`);
  await expect(child.start()).rejects.toThrow(/启动失败（exit code 3）[^]*no such module/);
}, 20_000);

test('a part that does not want to stop is made to', async () => {
  const { child, lines } = make(`process.on("SIGTERM", () => undefined); ${READY}`);
  await child.start();
  const pid = child.pids?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await child.stop();
  expect(await waitUntilGone(pid, 1000)).toBe(true);
  expect(lines.join()).toContain('强制结束');
});
