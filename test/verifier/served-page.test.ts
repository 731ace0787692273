import path from 'node:path';
import { startTestApi, type TestApi } from '../integration/api/support';
import { launchChromium } from '../support/chromium';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ webDir: path.resolve(__dirname, '../../dist/web') });
});
afterAll(() => api.stop());

test('the public site serves the page under a policy that lets its own script run and nothing else', async () => {
  const response = await fetch(`${api.url}/verify.html`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(response.status).toBe(200);
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
  expect(policy).not.toContain('unsafe');

  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    const commitment = 'ab'.repeat(32);
    await page.goto(`${api.url}/verify.html#commitment=${commitment}`);
    await page.setInputFiles('#file', {
      name: 'a.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('no'),
    });
    await page.waitForSelector('#verdict.bad');
    expect(await page.inputValue('#commitment')).toBe(commitment);
    expect(await page.textContent('[data-check="archive"] .problem')).toContain('不是 ZIP');
    expect(refused).toEqual([]);
  } finally {
    await browser.close();
  }
});
