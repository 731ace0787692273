import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sentences } from '../verify/explain';
import { verifyBundle, type Asked, type Verification } from '../verify/verify-bundle';
import { runCli, UsageError } from './run-cli';

const HELP = `npm run verify -- 文件包.zip [--record record.jsonl] [--ceremonies ceremonies.jsonl] [--company 代码] [--commitment 承诺值] [--sha256 指纹] [--seal 部门=封存值] [--value 来源=值] [--json]

核对一次抽取的公开文件包：每个文件、封存与随机值、抽中名单、上门、派员，全部重新计算。
也可核对某次仪式冻结的名录 frozen.zip。
Checks the public bundle of a draw: files, seals and values, who was drawn, visits and assignments, all computed again;
or the frozen.zip of one ceremony.

  --record FILE      公开记录：替换人员、补充抽取，逐行复算 / the record of what was changed after the draw
  --ceremonies FILE  历次仪式，含作废的：有没有隐去一次，谁没有揭示 / all ceremonies that have ended, void ones too
  --company CODE     这户企业在不在名录里，为什么抽中或没抽中 / was this entity in, why was it drawn or not
  --commitment HEX   事先公布的承诺值 / the commitment as it was published before the draw
  --sha256 HEX       公布的文件包指纹 / the bundle's SHA-256 as it was published
  --seal WHO=HEX     某部门公布的封存值，可多次 / a department's seal as it was published, repeatable
  --value WHO=VALUE  当众见证的随机值，如 public:dice=3,1,4 / a value as it was witnessed, repeatable
  --json             机器可读的输出 / output for scripts
  --help             本说明 / this text
退出码 exit codes: 0 全部相符 everything holds, 1 有不符之处 something does not, 2 用法错误 wrong call
另有两个与本系统无关的验证程序 verifiers that share nothing with this system: verifier/verify.py, verifier/verify.html`;

runCli('verify', async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      record: { type: 'string' },
      ceremonies: { type: 'string' },
      company: { type: 'string' },
      commitment: { type: 'string' },
      sha256: { type: 'string' },
      seal: { type: 'string', multiple: true },
      value: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [file, ...rest] = positionals;
  if (file === undefined) throw new UsageError('缺少文件包 / the bundle is missing');
  if (rest.length > 0) throw new UsageError(`多余的参数 / unexpected: ${rest.join(' ')}`);
  const asked: Asked = {
    ...(values.record === undefined ? {} : { record: contentOf(values.record) }),
    ...(values.ceremonies === undefined ? {} : { ceremonies: contentOf(values.ceremonies) }),
    ...digestOption('commitment', values.commitment),
    ...digestOption('sha256', values.sha256),
    ...(values.seal ? { seals: pairsOf('seal', values.seal) } : {}),
    ...(values.value ? { values: pairsOf('value', values.value) } : {}),
    ...(values.company === undefined ? {} : { company: values.company.trim().toUpperCase() }),
  };
  const verification = await verifyBundle(contentOf(file), asked);
  if (values.json) console.log(JSON.stringify({ file, ...verification }));
  else print(verification);
  if (!verification.ok) process.exitCode = 1;
});

function contentOf(file: string): Buffer {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`没有这个文件 / no such file: ${file}`);
  }
  return readFileSync(file);
}

function digestOption(name: 'commitment' | 'sha256', value: string | undefined): Asked {
  if (value === undefined) return {};
  const digest = value.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new UsageError(`--${name} 应为 64 位十六进制 / must be 64 hexadecimal digits: ${value}`);
  }
  return { [name]: digest };
}

function pairsOf(name: string, texts: readonly string[]): Map<string, string> {
  return new Map(
    texts.map((text): [string, string] => {
      const [, who, what] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (who === undefined || what === undefined) {
        throw new UsageError(`--${name} 应为 提供方=值 / must be WHO=WHAT: ${text}`);
      }
      return [who, what];
    }),
  );
}

function print(verification: Verification): void {
  const { ok, bundle, frozen, campaign, mode, commitment, checks, record, ceremonies, company } =
    verification;
  console.log(`文件包 bundle SHA-256 ${bundle}`);
  if (campaign !== undefined) console.log(`任务 campaign ${campaign}，方式 mode ${mode ?? ''}`);
  if (commitment !== undefined) console.log(`承诺值 commitment ${commitment}`);
  if (frozen) console.log('这是一次仪式冻结的名录，没有抽取结果 the frozen lists of a ceremony, no draw');
  for (const check of checks) {
    const mark = check.ok === null ? '–' : check.ok ? '✓' : '✗';
    console.log(`${mark} ${check.title} / ${check.titleEn}`);
    for (const problem of check.problems) console.log(`    ${problem}`);
  }
  if (record) {
    const last = record.last === null ? '' : `，最后一行 SHA-256 of the last ${record.last}`;
    console.log(`公开记录 record：${record.lines} 行 lines${last}`);
  }
  for (const { ceremony, outcome, at, withheld } of ceremonies ?? []) {
    const who = withheld.length > 0 ? `，没有封存或揭示 withheld：${withheld.join('、')}` : '';
    console.log(`第 ${ceremony} 次仪式 ceremony：${outcome}，${at}${who}`);
  }
  if (company) console.log(sentences(company).join('\n'));
  console.log(ok ? '结论：全部相符 everything holds' : '结论：有不符之处，见 ✗ something does not hold');
}
