import { parseArgs } from 'node:util';
import { eraseAllDue } from '../../activities/retention';
import { countDue, ERASURE_RULES } from '../../db/retention';
import { PERIODS } from '../../domain/privacy/periods';
import { runCli } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run retention -- [--dry-run] [--json]

删除保存期限已满的个人信息（各期限见 docs/security/personal-data.md），与系统每夜自动执行的相同；删除多少，记入审计日志。
Erases personal data whose period has ended (the periods: docs/security/personal-data.md), the same as the system does
every night by itself. How much was erased goes into the audit log.

  --dry-run   只列出将删除多少，不删除 / only say how much would go
  --json      机器可读的输出 / output for scripts
  --help      本说明 / this text
退出码 exit codes: 0 完成 done, 1 失败 failed, 2 用法错误 wrong call`;

runCli('retention', async () => {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    options: { 'dry-run': flag, json: flag, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const isDry = values['dry-run'] ?? false;
  const counts = await withDatabase(async (db) =>
    isDry ? countDue(db, new Date()) : new Map(Object.entries(await eraseAllDue(db, new Date()))),
  );
  if (values.json) {
    console.log(JSON.stringify({ dryRun: isDry, rows: Object.fromEntries(counts) }));
    return;
  }
  console.log(isDry ? '将删除 would be erased：' : '已删除 erased：');
  for (const { name, zh, en, period } of ERASURE_RULES) {
    console.log(`${String(counts.get(name) ?? 0).padStart(8)}  ${zh} ${en}（${PERIODS[period].zh}）`);
  }
});
