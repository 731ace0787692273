import { rmSync } from 'node:fs';
import nodemailer from 'nodemailer';
import type { Config } from '../../../server/config';
import { startMail } from '../../../server/services/mail';
import type { RunningService } from '../../../server/services/service-host';
import { scratchConfig } from './scratch-config';

let config: Config;
let service: RunningService;

beforeAll(async () => {
  config = await scratchConfig();
  service = await startMail(config);
});

afterAll(async () => {
  await service.stop();
  rmSync(config.home, { recursive: true, force: true });
});

async function sendTo(
  to: string,
  subject = '提醒：任务将到期',
  messageId = '<n1@onevisit.invalid>',
): Promise<string> {
  const transport = nodemailer.createTransport(`smtp://127.0.0.1:${String(config.ports.smtp)}`);
  try {
    const mail = {
      from: '一次查 <noreply@onevisit.invalid>',
      to,
      subject,
      messageId,
      text: '正文',
      html: '<b>正文</b>',
    };
    return (await transport.sendMail(mail)).response;
  } finally {
    transport.close();
  }
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${String(config.ports.mailPage)}${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

interface Mail {
  id: string;
  to: string[];
  subject: string;
  messageId: string;
}

test('an accepted mail can be read with its text, page and message id', async () => {
  expect(await sendTo('wang@market.invalid')).toMatch(/^250 /);
  const [mail] = await get<Mail[]>('/api/mails?to=wang@');
  expect(mail).toMatchObject({
    to: ['wang@market.invalid'],
    subject: '提醒：任务将到期',
    messageId: '<n1@onevisit.invalid>',
  });
  const whole = await get<{ text: string; html: string; headers: Record<string, string> }>(
    `/api/mails/${mail?.id ?? ''}`,
  );
  expect(whole.text.trim()).toBe('正文');
  expect(whole.html).toContain('<b>正文</b>');
  expect(whole.headers['message-id']).toBe('<n1@onevisit.invalid>');
  const list = await fetch(`http://127.0.0.1:${String(config.ports.mailPage)}/?subject=到期`);
  expect(await list.text()).toContain('wang@market.invalid');
});

test('a bounced recipient is refused for good, a deferred one once', async () => {
  await expect(sendTo('bounce-1@market.invalid')).rejects.toMatchObject({ responseCode: 550 });
  await expect(sendTo('defer-1@market.invalid')).rejects.toMatchObject({ responseCode: 451 });
  expect(await sendTo('defer-1@market.invalid')).toMatch(/^250 /);
});

test('mails outlive a restart', async () => {
  await sendTo('zhao@fire.invalid', '重启前 <script>alert(1)</script>', '<n2@onevisit.invalid>');
  await service.stop();
  service = await startMail(config);
  expect(await get<Mail[]>('/api/mails?limit=1')).toMatchObject([
    {
      to: ['zhao@fire.invalid'],
      subject: '重启前 <script>alert(1)</script>',
      messageId: '<n2@onevisit.invalid>',
    },
  ]);
  const page = await fetch(`http://127.0.0.1:${String(config.ports.mailPage)}/`);
  expect(await page.text()).not.toContain('<script>');
});
