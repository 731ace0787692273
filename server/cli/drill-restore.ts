import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Drill, drillConfig } from '../backup/drill';
import { loadConfig } from '../config';
import { runCli } from './run-cli';

const HELP = `npm run drill:restore -- [--json]

演练恢复：另起一个系统办一次联合抽查，中途备份，继续办理，毁掉全部数据，恢复到某一时刻，再办完。
逐项证明：之后的改动不在、审计链完好、抽取可复算、佐证文件一致、活动照常办结。不触动正在使用的系统。
Rehearses a restore: a system of its own carries a campaign, is backed up in the middle, goes on, loses all its data, is
restored as of a moment, and carries the campaign to its end. Leaves the system in use alone.

  --json   最后一行为机器可读的小结 / the last line is a summary for scripts
  --help   本说明 / this text
退出码 exit codes: 0 全部通过 all held, 1 有一项不符 something did not hold`;

runCli('drill:restore', async () => {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const root = mkdtempSync(path.join(os.tmpdir(), 'onevisit-drill-'));
  // PostgreSQL runs as another user where this runs as root.
  chmodSync(root, 0o755);
  try {
    const drill = new Drill(drillConfig(loadConfig(), root));
    const proofs = await drill.run();
    for (const { what, held, seen } of proofs) console.log(`${held ? '✓' : '✗'} ${what}：${seen}`);
    if (values.json) console.log(JSON.stringify({ proofs, seconds: drill.seconds }));
    if (proofs.some(({ held }) => !held)) process.exitCode = 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
