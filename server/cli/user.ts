import { parseArgs } from 'node:util';
import { hash } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { makePassword } from '../../api/sign-in/make-password';
import { appendAudit } from '../../db/audit';
import { migrate } from '../../db/migrate';
import { removeSecondFactor } from '../../db/second-factors';
import { endAllSessions, findUser } from '../../db/sessions';
import { disableUser, insertUser, listUsers, setPassword, type UserRow } from '../../db/users';
import { notFound } from '../../domain/errors';
import { maskMail } from '../../domain/privacy/masks';
import { ROLES, type Role } from '../../domain/roles';
import { runCli, UsageError } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run user -- add --username U --name 姓名 --role R [--role R …] --department D --region 区划代码 [--email E] [--service]
npm run user -- list
npm run user -- disable --username U
npm run user -- password --username U
npm run user -- reset-second-factor --username U

add       新增用户，密码随机生成，只显示这一次，首次登录须修改 / add a user; the password is made up, shown once,
          and has to be changed at the first sign-in
          --service：其他系统的服务账号，不能登录，由系统管理员在“接口密钥”页面为它建密钥
          --service: of another system; it never signs in, administrators make keys for it on the page 接口密钥
list      全部用户与角色 / all users and their roles
disable   停用并立即退出登录 / end access and sessions at once
password  重设密码，登录后须修改（停用的用户随之恢复） / a new password, to be changed; lets a disabled user in again
reset-second-factor  为丢失验证器的用户清除二次验证并退出其登录 / for a user who lost the authenticator

角色 roles: ${ROLES.join(' ')}
  --json    机器可读的输出 / output for scripts
  --help    本说明 / this text
退出码 exit codes: 0 完成 done, 1 被拒绝或失败 refused or failed, 2 用法错误 wrong call`;

interface Options {
  username?: string;
  name?: string;
  role?: string[];
  department?: string;
  region?: string;
  email?: string;
  service?: boolean;
  json?: boolean;
}

const ACTIONS: Record<string, (db: Knex, options: Options) => Promise<void>> = {
  add,
  list,
  disable,
  password,
  'reset-second-factor': resetSecondFactor,
};

runCli('user', async () => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{
        username: text,
        name: text,
        role: { type: 'string', multiple: true },
        department: text,
        region: text,
      },
      ...{ email: text, json: flag, service: flag, help: { type: 'boolean', short: 'h' } },
    },
  });
  const [name = '', ...rest] = positionals;
  if (values.help) {
    console.log(HELP);
    return;
  }
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action || rest.length > 0) {
    throw new UsageError(`应为 add、list、disable、password 或 reset-second-factor / expected one of these`);
  }
  await withDatabase(async (db) => {
    await migrate(db);
    await action(db, values);
  });
});

async function add(db: Knex, options: Options): Promise<void> {
  const username = required(options, 'username');
  const name = required(options, 'name');
  const department = required(options, 'department');
  const region = required(options, 'region');
  const roles = options.role ?? [];
  if (roles.length === 0) throw new UsageError('缺少 missing --role');
  const wrong = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (wrong) throw new UsageError(`没有角色 no role ${wrong}；可用 there are：${ROLES.join(' ')}`);
  const grants = roles.map((role) => ({ role: role as Role, department, region }));
  const email = options.email ?? null;
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new UsageError(`邮箱不正确 not a mail address: ${email}`);

  const secret = makePassword();
  const passwordHash = await hash(secret);
  await db.transaction(async (trx) => {
    const isService = options.service ?? false;
    await insertUser(trx, {
      username,
      name,
      email,
      passwordHash,
      mustChangePassword: true,
      grants,
      isService,
    });
    await audit(trx, 'user.add', username, {
      ...{ name, email: email && maskMail(email), grants, isService },
    });
  });
  if (options.service) showService(options, username);
  else showPassword(options, username, secret);
}

async function list(db: Knex, { json }: Options): Promise<void> {
  const users = await listUsers(db);
  if (json) console.log(JSON.stringify(users));
  else console.log(users.length > 0 ? users.map(lineOf).join('\n') : '没有用户 no users');
}

async function disable(db: Knex, options: Options): Promise<void> {
  const username = required(options, 'username');
  await db.transaction(async (trx) => {
    await disableUser(trx, username);
    await audit(trx, 'user.disable', username, null);
  });
  console.log(options.json ? JSON.stringify({ username, disabled: true }) : `已停用 disabled: ${username}`);
}

async function password(db: Knex, options: Options): Promise<void> {
  const username = required(options, 'username');
  const secret = makePassword();
  const passwordHash = await hash(secret);
  await db.transaction(async (trx) => {
    await setPassword(trx, username, passwordHash);
    await audit(trx, 'user.password', username, null);
  });
  showPassword(options, username, secret);
}

async function resetSecondFactor(db: Knex, options: Options): Promise<void> {
  const username = required(options, 'username');
  const user = await findUser(db, username);
  if (!user) throw notFound('user-not-found', `没有用户 ${username}`);
  await db.transaction(async (trx) => {
    await removeSecondFactor(trx, user.id);
    await endAllSessions(trx, user.id);
    await audit(trx, 'user.second-factor-reset', username, null);
  });
  console.log(options.json ? JSON.stringify({ username, reset: true }) : `已清除 reset: ${username}`);
}

/** Made on the server's own console: no user stands behind it. */
async function audit(trx: Knex, action: string, username: string, after: unknown): Promise<void> {
  await appendAudit(trx, { actorId: null, action, subject: `user/${username}`, after });
}

function required(options: Options, name: 'username' | 'name' | 'department' | 'region'): string {
  const value = options[name]?.trim();
  if (!value) throw new UsageError(`缺少 missing --${name}`);
  return name === 'username' ? value.toLowerCase() : value;
}

function showService({ json }: Options, username: string): void {
  if (json) console.log(JSON.stringify({ username, service: true }));
  else console.log(`服务账号 service user: ${username}`);
}

function showPassword({ json }: Options, username: string, secret: string): void {
  if (json) console.log(JSON.stringify({ username, password: secret }));
  else
    console.log(
      `用户 user: ${username}\n密码 password: ${secret}\n请立即记下，不会再显示 / note it now, it is not shown again`,
    );
}

function lineOf(user: UserRow): string {
  const grants = user.grants
    .map(({ role, department, region }) => `${role}@${department}/${region}`)
    .join(' ');
  const state = user.disabledAt ? '  （已停用 disabled）' : '';
  return `${user.username}  ${user.name}  ${user.email ?? '-'}  ${grants}${state}`;
}
