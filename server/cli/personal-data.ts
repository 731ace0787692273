import { parseArgs } from 'node:util';
import { disclosePerson, forgetPerson, type Answer } from '../../activities/person-requests';
import type { Person } from '../../db/person-data';
import { KINDS } from '../../domain/privacy/kinds';
import { PERIODS } from '../../domain/privacy/periods';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run personal-data -- show  --username U | --inspector 编号 | --entity 统一社会信用代码  --reason 理由 [--json]
npm run personal-data -- erase --username U | --inspector 编号 | --entity 统一社会信用代码  --reason 理由 [--json]

show    列出系统中关于某人的全部个人信息，每项保存多久、能否删除（个人信息保护法第四十五条：查阅、复制）
        all that is stored of a person, how long each part is kept, and whether it can be erased (PIPL art. 45)
erase   删除可以应本人请求删除的部分，其余说明为何保留（第四十七条）；用户须先停用，执法人员须先离岗
        erases what can be erased on request, and says of the rest why it stays (art. 47); accounts have to be disabled
        before, inspectors to have left

每次查阅和删除都记入审计日志，--reason 写明是谁的请求 / both go into the audit log; --reason says whose request it is
  --json    机器可读的输出 / output for scripts
  --help    本说明 / this text
退出码 exit codes: 0 完成 done, 1 被拒绝或失败 refused or failed, 2 用法错误 wrong call`;

runCli('personal-data', async () => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ username: text, inspector: text, entity: text, reason: text },
      ...{ json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [action] = positionals;
  if ((action !== 'show' && action !== 'erase') || positionals.length > 1)
    throw new UsageError('应为 show 或 erase / expected show or erase');
  const [kind, code] = whomIn(values);
  const reason = values.reason?.trim() ?? '';
  if (reason === '') throw new UsageError('缺少 missing --reason');
  await withDatabase(async (db) => {
    const erased = action === 'erase' ? await forgetPerson(db, kind, code, reason) : null;
    const answer = await disclosePerson(db, kind, code, reason);
    if (values.json) console.log(JSON.stringify({ ...answer, erased }));
    else tell(answer, erased);
  });
});

function whomIn(values: {
  username?: string;
  inspector?: string;
  entity?: string;
}): [Person['kind'], string] {
  const given = (
    [
      ['official', values.username],
      ['inspector', values.inspector],
      ['entity', values.entity],
    ] as const
  ).flatMap(([kind, code]) => (code === undefined ? [] : [[kind, code] as [Person['kind'], string]]));
  const [one] = given;
  if (!one || given.length > 1)
    throw new UsageError('应有 --username、--inspector、--entity 之一 / expected one of them');
  return one;
}

function tell({ person, held }: Answer, erased: Record<string, number> | null): void {
  console.log(person.name);
  if (erased) {
    const lines = Object.entries(erased).map(([table, rows]) => `  ${table}  ${rows}`);
    console.log(['已删除 erased：', ...(lines.length > 0 ? lines : ['  无 nothing'])].join('\n'));
    console.log('保留 what stays：');
  }
  for (const { table, column, rows, kind, keep, values, isErasable } of held) {
    const { zh, en } = PERIODS[keep];
    console.log(
      `\n${table}${column === '' ? '' : `.${column}`}  ${rows}  ${KINDS[kind].zh} ${KINDS[kind].en}`,
    );
    console.log(`  ${isErasable ? '可应请求删除 can be erased on request' : '保留 stays'}：${zh} ${en}`);
    for (const row of values ?? []) console.log(`  ${JSON.stringify(row)}`);
  }
}
