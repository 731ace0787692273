/** docs/security/permissions.md, from the table of permissions and the contract. */
import { OFFICIALS, POSTS } from '../domain/permissions/groups';
import type { Who } from '../domain/permissions/permission';
import { PERMISSIONS } from '../domain/permissions/table';
import { ONE_PERSON, TWO_PEOPLE } from '../domain/permissions/four-eyes';
import { SCOPES } from '../domain/permissions/scopes';
import { ROLE_NAMES, ROLES } from '../domain/roles';
import { contract } from './contract';
import type { Endpoint } from './contract/endpoint';

const WHO = { public: '任何人 anybody', 'signed-in': '登录即可 signed in' } as const;

function wordsOf(who: Who): string {
  if (typeof who === 'string') return WHO[who];
  if (who === OFFICIALS) return '业务人员和系统管理员 officials';
  if (who === POSTS) return '业务人员 in post';
  return who.map((role) => `\`${role}\``).join(', ');
}

export function permissionsDocument(): string {
  const endpoints = Object.values(contract) as unknown as Endpoint[];
  return [
    '# Who may do what 权限表',
    '',
    'Written from the code by `npm run docs:permissions`; a test fails where the two differ. Role × department × region:',
    'the router admits by the role ([domain/permissions/table.ts](../../domain/permissions/table.ts)), and the named',
    'function decides on each record; `npm test -- matrix` tries every line with every role, on own and foreign records.',
    '本表由程序生成：先看角色，再由“范围”一列所指的函数逐条判断部门和地区。',
    '',
    '## Roles 角色',
    '',
    ...table(
      ['role', '角色', 'endpoints'],
      ROLES.map((role) => [
        `\`${role}\``,
        ROLE_NAMES[role],
        String(
          Object.values(PERMISSIONS).filter(({ who }) => Array.isArray(who) && who.includes(role)).length,
        ),
      ]),
    ),
    '',
    'Officials are all of these but the last two, who need none of the city’s records; in post are officials but `admin`.',
    'Nobody holds two of the three kinds of administrators, or one and a post beside it; see',
    '[administrators.md](administrators.md). 三类管理员互不兼任，也不兼业务岗位。',
    '',
    '## Bounds 范围',
    '',
    ...table(
      ['scope', '范围', 'in English', 'decided by'],
      Object.entries(SCOPES).map(([name, { zh, en, by }]) => [
        `\`${name}\``,
        zh,
        en,
        by === null ? 'the role alone' : `\`${by}\``,
      ]),
    ),
    '',
    '## Two people 两人办理',
    '',
    'Nobody decides on what they asked for, whatever posts they hold and whomever they stand in for; of the three kinds of',
    'administrators nobody stands in for anybody. [domain/permissions/four-eyes.ts](../../domain/permissions/four-eyes.ts)',
    'has the list, and `test/integration/security/four-eyes.test.ts` tries each line.',
    '',
    ...table(
      ['endpoint', '谁不能办理', 'who is refused', 'held by'],
      Object.entries(TWO_PEOPLE).map(([id, { zh, en, by }]) => [id, zh, en, `\`${by}\``]),
    ),
    '',
    'Named like decisions, and one person is enough 一人即可:',
    '',
    ...table(
      ['endpoint', '为什么', 'why'],
      Object.entries(ONE_PERSON).map(([id, { zh, en }]) => [id, zh, en]),
    ),
    '',
    `## Endpoints 接口（${endpoints.length}）`,
    '',
    ...table(
      ['endpoint', 'method and path', '做什么', 'who 谁', 'scope'],
      endpoints.map(({ id, method, path, summary }) => {
        const { who, scope } = PERMISSIONS[id as keyof typeof PERMISSIONS];
        const words = wordsOf(who);
        return [id, `${method.toUpperCase()} \`${path}\``, summary, words, `\`${scope}\``];
      }),
    ),
    '',
  ].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
