import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { embeddedDatabaseUrl } from '../connections';
import { ensureSecrets } from '../home';
import { takeBackup } from '../backup/take-backup';
import { readRunning } from '../supervisor/running';
import { StartError } from '../start-error';
import { runCli, UsageError } from './run-cli';

const HELP = `npm run backup -- [--keep 数量] [--keys 文件夹] [--json]

系统运行时备份内置数据库和佐证材料到 BACKUP_FOLDER；此后的改动由归档日志补上，可恢复到任一时刻（npm run restore）。
Backs up the embedded database and the evidence into BACKUP_FOLDER while the system runs; what changes afterwards is in the
archived log, so that any later moment can be restored (npm run restore). See docs/operations/backup.md.

  --keep N   保留最近几份，默认 7 / how many stay, 7 unless given
  --keys DIR 密钥另存于此，应为另一介质，由另一人保管 / the keys are copied here: another medium, in another person's hands
  --json     机器可读的输出 / output for scripts
  --help     本说明 / this text
退出码 exit codes: 0 完成 done, 1 失败 failed, 2 用法错误 wrong call`;

runCli('backup', async () => {
  const { values } = parseArgs({
    options: {
      keep: { type: 'string', default: '7' },
      keys: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const keep = Number(values.keep);
  if (!Number.isInteger(keep) || keep < 1)
    throw new UsageError('--keep 应为正整数 / must be a whole number from 1 on');
  const keys = values.keys === undefined ? null : path.resolve(values.keys);
  const config = loadConfig();
  if ((config.databaseOwnerUrl ?? config.databaseUrl) !== null) {
    throw new StartError(
      'DATABASE_URL 所指的数据库由其自己的工具备份，见 docs/operations/backup.md。',
      'The database of DATABASE_URL is backed up by its own tools, see docs/operations/backup.md.',
    );
  }
  const folder = config.backupFolder;
  if (keys !== null && folder !== null && !path.relative(folder, keys).startsWith('..'))
    throw new UsageError('--keys 不能在 BACKUP_FOLDER 之内 / must not lie in BACKUP_FOLDER');
  if (folder === null) throw new StartError('请先设置 BACKUP_FOLDER。', 'Set BACKUP_FOLDER first.');
  const running = readRunning(config.home);
  if (!running?.services.postgres) {
    throw new StartError('系统没有运行，请先 npm start。', 'The system does not run: npm start first.');
  }
  const ports = running.ports ?? config.ports;
  const url = embeddedDatabaseUrl({ ...config, ports }, ensureSecrets(config.home));
  const made = await takeBackup(config, url, { folder, keep, keys });
  if (values.json) {
    console.log(JSON.stringify(made));
    return;
  }
  const mib = (made.bytes / 2 ** 20).toFixed(0);
  console.log(`备份完成 backed up：${made.name}，${String(made.files)} 个文件 files，${mib} MiB`);
  console.log(`佐证材料 evidence：新增 new ${String(made.evidence)}`);
  console.log(
    made.keys.length > 0
      ? `密钥 keys：${made.keys.join('、')} → ${keys ?? ''}`
      : '密钥没有备份，见 --keys the keys are not copied, see --keys',
  );
  if (made.removed.length > 0) console.log(`已删除旧备份 removed：${made.removed.join('、')}`);
});
