import path from 'node:path';
import { parseArgs } from 'node:util';
import { recordRestore } from '../backup/record-restore';
import { restoreBackup } from '../backup/restore-backup';
import { loadConfig } from '../config';
import { StartError } from '../start-error';
import { claimHome, releaseHome } from '../supervisor/running';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run restore -- [--to 时刻] [--keys 文件夹] [--json]

从 BACKUP_FOLDER 恢复数据库和佐证材料到空的 ONEVISIT_HOME，恢复到指定时刻，默认为归档日志的最后。系统须已停止。
之后运行 npm start，再运行 npm run resume -- --anew。设置了 DATABASE_URL 的，数据库由其自己的工具恢复，本命令在其后记录这次恢复。
Restores database and evidence from BACKUP_FOLDER into an ONEVISIT_HOME without data, as of a moment, by default the end of
the archived log. The system must be stopped. Then: npm start, and npm run resume -- --anew. With DATABASE_URL the database is
restored by its own tools, and this command records it afterwards.

  --to TIME   如 such as 2026-11-28T14:30:00+08:00
  --keys DIR  备份时另存密钥的文件夹 / where the keys were copied to
  --json      机器可读的输出 / output for scripts
  --help      本说明 / this text
退出码 exit codes: 0 完成 done, 1 失败 failed, 2 用法错误 wrong call`;

runCli('restore', async () => {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      keys: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const to = values.to === undefined ? null : new Date(values.to);
  if (to && (Number.isNaN(to.getTime()) || !/(Z|[+-]\d\d:\d\d)$/.test(values.to ?? ''))) {
    throw new UsageError(
      `--to 应为带时区的时刻 / must be a time with its zone, such as 2026-11-28T14:30:00+08:00: ${values.to ?? ''}`,
    );
  }
  const keys = values.keys === undefined ? null : path.resolve(values.keys);
  const config = loadConfig();
  if ((config.databaseOwnerUrl ?? config.databaseUrl) !== null) {
    const setAside = await withDatabase((db) =>
      recordRestore(db, config.auditFolder, { backup: null, to, lastTransactionAt: null }),
    );
    console.log('恢复已记入审计日志 the restore is in the audit log');
    tellSetAside(setAside);
    return;
  }
  const folder = config.backupFolder;
  if (folder === null) throw new StartError('请先设置 BACKUP_FOLDER。', 'Set BACKUP_FOLDER first.');
  await claimHome(config.home);
  try {
    const restored = await restoreBackup(config, { folder, to, keys }, (text) => {
      console.error(text);
    });
    if (values.json) {
      console.log(JSON.stringify(restored));
      return;
    }
    const at = restored.lastTransactionAt?.toISOString() ?? restored.base.finishedAt;
    console.log(`已恢复 restored：备份 backup ${restored.base.name}，最后一次提交 newest change ${at}`);
    console.log(`佐证材料 evidence：${String(restored.evidence)}`);
    console.log(`密钥 keys：${restored.keys.join('、') || '— (--keys)'}`);
    tellSetAside(restored.setAside);
    console.log('接着 next：npm start，然后 then npm run resume -- --anew');
  } finally {
    releaseHome(config.home);
  }
});

/** Who kept a checkpoint of the lost part will ask. */
function tellSetAside(files: readonly string[]): void {
  const [first] = files;
  if (first === undefined) return;
  console.log(
    `审计日志在此之后签署过的 ${String(files.length)} 份文件另放于 ${path.dirname(first)}，请公告恢复的时刻与原因`,
  );
  console.log(
    'what was signed of the audit log after that moment is kept there: announce the restore, its moment and why',
  );
}
