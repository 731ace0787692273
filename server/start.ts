import { createInterface } from 'node:readline/promises';
import { loadConfig } from './config';
import { homePaths } from './home';
import { StartError } from './start-error';
import type { SeedLogin } from './supervisor/offer-seed';
import { startSystem, type System } from './supervisor/start-system';

/** `npm start`: the whole system in one supervised group of processes, until Ctrl-C. */
async function main(): Promise<void> {
  const began = Number(process.env['ONEVISIT_LAUNCHED_AT'] ?? Date.now());
  const config = loadConfig();
  const abort = new AbortController();
  let system: System | null = null;
  let logins: SeedLogin[] = [];
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    console.log('\n正在停止 stopping …');
    if (!system) {
      // The start fails with this, once what it had started is stopped.
      abort.abort();
      return;
    }
    void system.stop().then(() => {
      console.log('已停止。再次运行 npm start 会接着上次继续 / stopped; npm start goes on from here.');
      process.exit(0);
    });
  };
  // A closed terminal or pipe takes the messages, not the system.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

  console.log(`一次查 OneVisit 启动中 starting … （数据文件夹 data in ${config.home}）`);
  try {
    system = await startSystem(config, {
      print,
      ask: askForSeed,
      onSeeded: (seeded) => (logins = seeded),
      signal: abort.signal,
    });
    if (abort.signal.aborted) throw new Error('stopped');
    await firstPage(system.addresses.api);
  } catch (error) {
    printLogins(logins);
    if (abort.signal.aborted) {
      console.log('已停止 stopped');
      process.exit(0);
    }
    if (system) await system.stop();
    console.error(
      `\n启动失败 the start failed\n${error instanceof StartError ? error.message : String((error as Error).stack)}`,
    );
    process.exit(1);
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  printLogins(logins);
  const { web, mailPage, temporalUi } = system.addresses;
  console.log(
    [
      '',
      `首页可用：${seconds} 秒 first page after ${seconds} s`,
      '',
      `  网页 web             ${web}`,
      `  接口文档 API         ${web}/api/docs`,
      ...(mailPage ? [`  邮件 mails           ${mailPage}`] : []),
      ...(temporalUi ? [`  Temporal 界面        ${temporalUi}`] : []),
      `  日志 logs            ${homePaths(config.home).logs}`,
      '',
      '按 Ctrl-C 停止；npm run demo 演示一次完整的联合抽查',
      'Ctrl-C stops it; npm run demo shows a whole joint campaign.',
    ].join('\n'),
  );
}

function print(text: string): void {
  console.log(`  ${text}`);
}

async function firstPage(address: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      if (response.status < 500) return;
      throw new Error(`HTTP ${String(response.status)}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function askForSeed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const reply = await prompt.question(
      '数据库是空的，写入虚构的示例城市吗？Fill it with an invented city? [Y/n] ',
    );
    return !/^\s*n/i.test(reply);
  } finally {
    prompt.close();
  }
}

function printLogins(logins: SeedLogin[]): void {
  if (logins.length === 0) return;
  const head = ['用户名 user', '密码 password', '角色 role', '部门 department', '姓名 name'];
  const rows = [
    head,
    ...logins.map((each) => [each.username, each.password, each.role, each.department, each.name]),
  ];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
  const title = '示例城市的登录（只显示这一次，请记下） logins of the invented city, shown only this once:';
  console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

/** Columns on a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
}

void main();
