import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const GUIDE = readFileSync(path.resolve(__dirname, '../../docs/draw.md'), 'utf8');
const STEP = /```sh\n([^]*?)```\n\n```text\n([^]*?)```/g;
const END = '--- end of step ---\n';

test("the guide's example by hand gives what it says, with bash and sha256sum", () => {
  const steps = [...GUIDE.matchAll(STEP)].map(([, commands = '', output = '']) => ({ commands, output }));
  expect(steps).toHaveLength(5);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-by-hand-'));
  try {
    const script = steps.map(({ commands }) => `${commands}\nprintf '%s' '${END}'`).join('\n');
    const printed = execFileSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8' });
    expect(printed.split(END).slice(0, -1)).toEqual(steps.map(({ output }) => output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
