import { resendMail } from '../../db/mail-views';
import { addNotices, type NewNotice } from '../../db/notices';
import { workflowIds } from '../../domain/names';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
let written = 0;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  await town.worker.gateway.wakeNotices();
}, 120_000);

afterAll(() => town.stop());

/** Writes notices for somebody, due after some time, and wakes the outbox. */
async function tell(username: string, afterSeconds: number, ...kinds: NewNotice['kind'][]): Promise<void> {
  const notBefore = new Date((await town.now()).getTime() + afterSeconds * 1000);
  await addNotices(
    town.db,
    kinds.map((kind) => ({
      key: `test/${++written}`,
      kind,
      campaignId: null,
      recipients: [town.city.users[username] ?? 0],
      params: { task: 'results', count: 2, due: '2026-12-01 23:59', department: '卫健委', reason: '缺附件' },
      notBefore,
    })),
  );
  await town.worker.gateway.wakeNotices();
}

const arrived = (username: string) =>
  town.smtp.mails.filter((mail) => mail.to === `${username}@yunxi.invalid`);

async function mailOf(username: string) {
  const [row] = await town
    .db('mails')
    .where({ recipient_email: `${username}@yunxi.invalid` })
    .orderBy('id', 'desc')
    .select<
      { id: number; status: string; attempts: number; last_reply: string | null; message_id: string }[]
    >('*');
  return row;
}

test('a notice that can not wait is mailed as soon as it is written', async () => {
  await tell('lead', 0, 'plan-approved');
  await until(
    () => Promise.resolve(arrived('lead')),
    (mails) => mails.length === 1,
  );
  expect(arrived('lead')[0]).toMatchObject({ subject: '[一次查] 方案已批准' });
});

test('what is due at digest time comes then, as one mail', async () => {
  await tell('wjw-liaison', 600, 'reminder', 'overdue', 'results-in');
  await town.env.sleep('9 minutes');
  expect(arrived('wjw-liaison')).toEqual([]);
  await town.env.sleep('2 minutes');
  const [mail, ...more] = await until(
    () => Promise.resolve(arrived('wjw-liaison')),
    (mails) => mails.length > 0,
  );
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('[一次查] 逾期通知等 3 项');
  for (const label of ['到期提醒', '逾期通知', '结果齐全']) expect(mail?.text).toContain(`【${label}】`);
});

test('a mail that is put off is tried again, later each time, under its own id', async () => {
  town.smtp.answer((to) => (to.startsWith('credit') ? 'defer' : 'accept'));
  await tell('credit', 0, 'published');
  const attempts = async () => (await mailOf('credit'))?.attempts;
  await until(
    () => mailOf('credit'),
    (mail) => mail?.status === 'sending' && mail.last_reply !== null,
  );
  const { message_id } = (await mailOf('credit')) ?? {};
  // After 30 seconds, then after 60 more.
  await town.env.sleep('25 seconds');
  expect(await attempts()).toBe(1);
  await town.env.sleep('10 seconds');
  await until(attempts, (n) => n === 2);
  await town.env.sleep('50 seconds');
  expect(await attempts()).toBe(2);
  town.smtp.answer(() => 'accept');
  await town.env.sleep('15 seconds');
  await until(
    () => mailOf('credit'),
    (mail) => mail?.status === 'sent',
  );
  expect(await mailOf('credit')).toMatchObject({ attempts: 3, message_id });
  expect(arrived('credit').map((mail) => mail.messageId)).toEqual([message_id]);
});

test('a mailbox that does not exist is recorded with the answer of its server, and not tried again', async () => {
  town.smtp.answer((to) => (to.startsWith('registrar') ? 'bounce' : 'accept'));
  await tell('registrar', 0, 'closed');
  const bounced = await until(
    () => mailOf('registrar'),
    (mail) => mail?.status === 'permanent-failure',
  );
  expect(bounced?.last_reply).toContain('550');
  town.smtp.answer(() => 'accept');
  await town.env.sleep('3 minutes');
  expect(await mailOf('registrar')).toMatchObject({ status: 'permanent-failure', attempts: 1 });
  expect(arrived('registrar')).toEqual([]);
});

test('a mail that is put off for four hours is given up, with what the server said; sent once more it arrives', async () => {
  town.smtp.answer((to) => (to.startsWith('approver') ? 'defer' : 'accept'));
  await tell('approver', 0, 'closed');
  await until(
    () => mailOf('approver'),
    (mail) => mail?.status === 'sending' && mail.last_reply !== null,
  );
  await town.env.sleep('230 minutes');
  expect(await mailOf('approver')).toMatchObject({ status: 'sending' });
  await town.env.sleep('20 minutes');
  const failed = await until(
    () => mailOf('approver'),
    (mail) => mail?.status === 'temporary-failure',
  );
  expect(failed?.last_reply).toContain('451');
  town.smtp.answer(() => 'accept');
  await town.env.sleep('10 minutes');
  expect(arrived('approver')).toEqual([]);
  await resendMail(town.db, failed?.id ?? 0, await town.now());
  await town.worker.gateway.wakeNotices();
  await until(
    () => mailOf('approver'),
    (mail) => mail?.status === 'sent',
  );
  expect(arrived('approver').map((mail) => mail.messageId)).toEqual([failed?.message_id]);
  await keepHistory(town.env.client, workflowIds.notices, 'notices-retries');
});
