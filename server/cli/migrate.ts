import { parseArgs } from 'node:util';
import { migrate } from '../../db/migrate';
import { runCli } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run migrate -- [--json]

把数据库升级到最新结构；可重复运行。使用 DATABASE_URL，未设置时用内置数据库（没有运行则临时启动）。
Brings the database to the newest schema; can be repeated. Uses DATABASE_URL, else the embedded database,
which is started for the time of the command when it is not running.

  --json   输出 {"applied": [...]} / print {"applied": [...]}
  --help   本说明 / this text`;

runCli('migrate', async () => {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const applied = await withDatabase(migrate);
  if (values.json) console.log(JSON.stringify({ applied }));
  else if (applied.length === 0) console.log('数据库已是最新 the database is up to date');
  else console.log(`已执行 applied：\n${applied.map((name) => `  ${name}`).join('\n')}`);
});
