import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { handOver } from '../../activities/audit-keys';
import { formatKey, signerOf } from '../../domain/audit/checkpoint';
import { auditSigningOf } from '../audit-signing';
import { loadConfig } from '../config';
import { homePaths, writeFileAtomic } from '../home';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run audit:key -- [rotate] [--out 文件]

不带参数：显示现用的审计公钥。rotate：生成新密钥，由现用密钥签署最后一个检查点、写明新公钥，再换用新密钥；旧公钥所签一直有效。
Without an argument: the public key in use. rotate: makes a new key, of which the last checkpoint of the present one tells, and
puts it in place; what the former key signed stays valid. Restart the workers afterwards.

  --out FILE   设置了 AUDIT_KEY 时必填：新私钥写到这里，再把设置改为它 / where the new private key goes, needed where
               AUDIT_KEY is set: let that setting name it afterwards
  --help       本说明 / this text
退出码 exit codes: 0 完成 done, 1 失败 failed, 2 用法错误 wrong call`;

runCli('audit:key', async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command, ...more] = positionals;
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (more.length > 0 || (command !== undefined && command !== 'rotate'))
    throw new UsageError(`没有此命令 / no such command: ${positionals.join(' ')}`);
  const config = loadConfig();
  const former = auditSigningOf(config);
  if (command === undefined) {
    console.log(formatKey(former.signer));
    return;
  }
  const own = config.auditKey === null ? homePaths(config.home).auditKey : null;
  if (own === null && values.out === undefined)
    throw new UsageError(
      '设置了 AUDIT_KEY，请用 --out 指定新私钥的文件 / AUDIT_KEY is set: name a file with --out',
    );
  const file = values.out === undefined ? (own ?? '') : path.resolve(values.out);
  if (file !== own && existsSync(file)) throw new UsageError(`文件已存在 / the file exists: ${file}`);
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const next = signerOf(former.signer.name, pem);
  await withDatabase((db) => handOver(db, former, next, new Date()));
  writeFileAtomic(file, pem, 0o600);
  console.log(`旧公钥 former ${formatKey(former.signer)}`);
  console.log(`新公钥 new    ${formatKey(next)}`);
  console.log(`新私钥 its private key: ${file}`);
  console.log(
    file === own
      ? '请重启工作进程 restart the workers'
      : '请把 AUDIT_KEY_FILE 改为该文件，重启工作进程，再销毁旧私钥 let AUDIT_KEY_FILE name it, restart the workers, destroy the former',
  );
});
