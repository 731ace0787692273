// `npm run screenshots`: the pictures of the README, of the invented city after the demo's campaign. Starts a system of its own
// in a folder that goes with it; docs/images/NAME.png are written anew, each small enough for a README.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { build, root } from './build.mjs';

const PORT = process.env.ONEVISIT_PORT ?? '8400';
const MOST_BYTES = 150_000;
const PATIENCE_MS = 600_000;
const images = path.join(root, 'docs/images');

await build();
const home = mkdtempSync(path.join(os.tmpdir(), 'onevisit-screenshots-'));
const env = { ...process.env, ONEVISIT_HOME: home, ONEVISIT_PORT: PORT, ONEVISIT_SEED: 'yes' };
const system = program('dist/server/start.js');
try {
  const url = `http://localhost:${PORT}`;
  const logins = loginsIn(await system.said(/Ctrl-C stops it/));
  const demo = program('dist/server/cli/demo.js', '--json');
  const { code } = JSON.parse((await demo.ended).trim().split('\n').at(-1));
  await photograph(url, logins, code);
} finally {
  system.child.kill('SIGINT');
  await system.ended.catch(() => undefined);
  rmSync(home, { recursive: true, force: true });
}

async function photograph(url, logins, code) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const at = async (username) => {
    const context = await browser.newContext({
      ...{ baseURL: url, locale: 'zh-CN', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' },
    });
    const page = await context.newPage();
    if (username === null) return page;
    await page.goto('/login');
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码', { exact: true }).fill(logins.get(username));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('button', { name: /账户菜单/ }).waitFor();
    return page;
  };
  const lead = await at('lead');
  await lead.goto(`/campaigns/${code}`);
  await lead.locator('.page-head .ant-tag').waitFor();
  await shoot(lead, 'campaign');

  await lead.goto(`/campaigns/new?from=${code}`);
  await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByText(/已选 \d+ 项/).waitFor();
  await lead.getByRole('button', { name: '下一步' }).click();
  await lead.getByText('按部门', { exact: true }).waitFor();
  await shoot(lead, 'plan');

  const supervisor = await at('supervisor');
  await supervisor.goto('/oversight');
  await supervisor.locator('svg, table').first().waitFor();
  await shoot(supervisor, 'oversight');

  const wall = await at(null);
  await wall.goto(`/public/${code}/ceremony`);
  await wall.locator('.wall-body').waitFor();
  await shoot(wall, 'ceremony');
  await browser.close();
}

async function shoot(page, name) {
  await page.waitForLoadState('networkidle');
  const file = path.join(images, `${name}.png`);
  await page.screenshot({ path: file });
  const { size } = statSync(file);
  if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes: more than ${MOST_BYTES}`);
  console.log(`docs/images/${name}.png  ${Math.round(size / 1000)} kB`);
}

/** One of our programs: what it says, and when it ends well. */
function program(file, ...args) {
  const child = spawn(process.execPath, [path.join(root, file), ...args], { env, cwd: root });
  let text = '';
  const listeners = new Set();
  child.stdout.on('data', (chunk) => {
    text += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.pipe(process.stderr);
  const ended = new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 || code === null ? resolve(text) : reject(new Error(`${file} ended with ${code}`)),
    );
  });
  const said = (words) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${file} said: ${text}`)), PATIENCE_MS);
      const look = () => {
        if (!words.test(text)) return;
        clearTimeout(timer);
        listeners.delete(look);
        resolve(text);
      };
      listeners.add(look);
      ended.catch(reject);
      look();
    });
  ended.catch(() => undefined);
  return { child, ended, said };
}

/** From the table that a first start prints: user and password are its first two columns. */
function loginsIn(text) {
  const lines = text.split('\n').map((line) => line.trim().split(/\s{2,}/));
  return new Map(
    lines.filter((cells) => cells.length >= 5).map(([username, password]) => [username, password]),
  );
}
