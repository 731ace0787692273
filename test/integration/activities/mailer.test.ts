import { createMailer, type Mailer, type OutgoingMail } from '../../../activities/mailer';
import { testSmtp, type TestSmtp } from '../../support/smtp';

let smtp: TestSmtp;
let mailer: Mailer;

beforeAll(async () => {
  smtp = await testSmtp();
  mailer = createMailer({ smtpUrl: smtp.url, from: '一次查 <noreply@onevisit.invalid>' });
});

afterAll(async () => {
  mailer.close();
  await smtp.stop();
});

const mailTo = (to: string, messageId: string): OutgoingMail => ({
  messageId,
  to,
  subject: '提醒：3 项任务将到期',
  text: '正文',
  html: '<p>正文</p>',
});

test('a mail that the server takes is sent, with its own message id and both forms', async () => {
  const delivery = await mailer.send(mailTo('wang@market.invalid', '<n1@onevisit.invalid>'));
  expect(delivery.answer).toBe('taken');
  expect(smtp.mails).toMatchObject([
    {
      messageId: '<n1@onevisit.invalid>',
      to: 'wang@market.invalid',
      subject: '提醒：3 项任务将到期',
      html: '<p>正文</p>',
    },
  ]);
});

test('a mailbox that is not there refuses, a busy server puts off, a line that is cut can not be used', async () => {
  smtp.answer((to) => (to.startsWith('gone') ? 'bounce' : to.startsWith('busy') ? 'defer' : 'drop'));
  const refused = await mailer.send(mailTo('gone@fire.invalid', '<n2@onevisit.invalid>'));
  const putOff = await mailer.send(mailTo('busy@fire.invalid', '<n3@onevisit.invalid>'));
  const cut = await mailer.send(mailTo('li@fire.invalid', '<n4@onevisit.invalid>'));
  expect([refused.answer, putOff.answer, cut.answer]).toEqual(['refused', 'put-off', 'unusable']);
  // The cut came after the data: the mail is there although the sender can't know.
  expect(smtp.mails.map((mail) => mail.messageId)).toContain('<n4@onevisit.invalid>');
});

test('a server that refuses us says nothing of the recipient: it can not be used until our account is mended', async () => {
  smtp.answer(() => 'accept');
  smtp.refuseSenders(true);
  const refused = await mailer.send(mailTo('zhao@market.invalid', '<n5@onevisit.invalid>'));
  smtp.refuseSenders(false);
  const sent = await mailer.send(mailTo('zhao@market.invalid', '<n5@onevisit.invalid>'));
  expect([refused.answer, sent.answer]).toEqual(['unusable', 'taken']);
});
