import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { verifyAudit } from '../../activities/verify-audit';
import { MOST_PROBLEMS, type ChainProblem } from '../../domain/audit/chain-check';
import { parseKey } from '../../domain/audit/checkpoint';
import { loadConfig } from '../config';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run audit:verify -- [--folder 文件夹] [--keys 公钥文件] [--json]

从头到尾重新计算审计日志的哈希链和哈希树，并与全部已签署的检查点比对（数据库中的，以及数据库之外另存的）。
哪一条被改动、删除、插入、调换，逐条指出。只读，可在系统运行时执行。
Computes the chain and the tree of the audit log again from the first entry, and compares them with every signed
checkpoint, in the database and outside of it. Says which entry was changed, removed, inserted or reordered. Only reads.

  --folder DIR   另存的检查点，默认 AUDIT_FOLDER / checkpoints that were kept apart, AUDIT_FOLDER unless given
  --keys FILE    信任的公钥，每行一个，默认取自该文件夹 / trusted public keys, one a line, by default those of the folder
  --json         机器可读的输出 / output for scripts
  --help         本说明 / this text
退出码 exit codes: 0 完好 intact, 1 有问题 something is wrong, 2 用法错误 wrong call`;

runCli('audit:verify', async () => {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      keys: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const folder = values.folder ?? loadConfig().auditFolder;
  const keys = values.keys === undefined ? null : keysIn(values.keys);
  const began = Date.now();
  const verification = await withDatabase((db) => verifyAudit(db, { folder, keys }));
  const seconds = (Date.now() - began) / 1000;
  const { ok, entries, pending, root, checkpoints, files, problems } = verification;
  if (!ok) process.exitCode = 1;
  if (values.json) {
    console.log(JSON.stringify({ ...verification, folder, seconds }));
    return;
  }
  console.log(`审计日志 audit log：${entries} 条 entries，${seconds.toFixed(1)} s`);
  if (pending > 0)
    console.log(`另有 ${pending} 条尚未入链 ${pending} more wait for their place in the chain`);
  console.log(`根 root ${root}`);
  console.log(`已比对检查点 checkpoints compared：数据库 database ${checkpoints}，${folder} ${files}`);
  if (files === 0) {
    console.log('数据库之外没有检查点可比对 there was none outside the database to compare with');
  }
  for (const { id, by } of verification.keys) {
    console.log(
      by === null
        ? `公钥 key ${id}：没有前一把密钥为它签署；第一把之外的，须由负责人确认 no former key signed for it; for any but the first somebody has to answer`
        : `公钥 key ${id}：由 ${by} 签署交接 handed over to by ${by}`,
    );
  }
  for (const problem of problems) console.log(`✗ ${sentenceOf(problem)}`);
  if (problems.length >= MOST_PROBLEMS) console.log('……其余从略 and more');
  console.log(ok ? '结论：完好 intact' : '结论：有问题，见 ✗ something is wrong');
});

function keysIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const wrong = lines.find((line) => parseKey(line) === null);
  if (wrong !== undefined) throw new UsageError(`不是公钥 / not a public key: ${wrong}`);
  return lines;
}

const WHY = {
  form: '格式不对 is not in the form of a checkpoint',
  'unknown-key': '签署的公钥不在信任之列 is signed by a key that is not trusted',
  signature: '签名不符 has a wrong signature',
  'other-values': '与所签内容不一致 says other than what was signed',
};

function sentenceOf(problem: ChainProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `第 ${problem.place} 位（编号 ${problem.seq}）内容或次序被改动 entry ${problem.seq} at place ${problem.place} was changed or moved`;
    case 'rehashed':
      return `第 ${problem.place} 位（编号 ${problem.seq}）连同哈希被改写 entry ${problem.seq} at place ${problem.place} was changed together with its hash`;
    case 'removed':
      return problem.seq === null
        ? `第 ${problem.place} 位被删除 the entry at place ${problem.place} was removed`
        : `第 ${problem.place} 位（编号 ${problem.seq}）被删除 entry ${problem.seq} at place ${problem.place} was removed`;
    case 'inserted':
      return `编号 ${problem.seq} 不在链上：插入的，或其位置被删除 entry ${problem.seq} is not in the chain: it was put in, or its place was taken out`;
    case 'rewritten':
      return `第 ${problem.from + 1} 至 ${problem.to} 位之间被整段改写，与 ${problem.source} 所签不符 rewritten between places ${problem.from + 1} and ${problem.to}, not what was signed in ${problem.source}`;
    case 'cut-off':
      return `末尾被截去：只有 ${problem.size} 条，${problem.source} 曾签署 ${problem.signed} 条 the end was cut off: ${problem.size} entries, ${problem.signed} were signed in ${problem.source}`;
    case 'checkpoint':
      return `${problem.source}：${WHY[problem.why]}`;
  }
}
