import { claimMails, recordMails, storeMails } from '../../../db/mails';
import { startTestApi, type Caller, type TestApi } from './support';

const NOW = new Date('2026-11-24T02:00:00Z');

interface Failed {
  rows: { id: number; recipient: string; email: string; emailSight: string; status: string; reply: string }[];
  nextCursor: string | null;
}

let api: TestApi;
let supervisor: Caller;

beforeAll(async () => {
  api = await startTestApi();
  api.clock.now = NOW;
  supervisor = await api.signedIn('supervisor');
  const people = ['lead', 'approver', 'credit'];
  await storeMails(
    api.db,
    people.map((name) => ({
      ...{
        channel: 'mail' as const,
        messageId: `<${name}@onevisit.invalid>`,
        recipientId: api.city.users[name] ?? 0,
      },
      ...{ email: `${name}@yunxi.invalid`, subject: '到期提醒', text: '正文', html: '<p>正文</p>' },
      ...{ noticeIds: [], at: NOW },
    })),
  );
  const claims = await claimMails(api.db, 'mail', NOW, new Date(NOW.getTime() + 60_000), 10);
  await recordMails(
    api.db,
    claims.map(({ id, attempts, recipient_email }) => ({
      ...{ id, attempts, at: NOW },
      ...(recipient_email.startsWith('credit')
        ? { status: 'sent' as const, reply: '250 Ok' }
        : { status: 'permanent-failure' as const, reply: '550 No such mailbox' }),
    })),
  );
});

afterAll(() => api.stop());

test('mails that did not arrive are listed newest first, page by page, with the words of the server', async () => {
  const first = await supervisor.get<Failed>('listFailedMails', { query: { limit: 1 } });
  const second = await supervisor.get<Failed>('listFailedMails', {
    query: { limit: 1, cursor: first.nextCursor ?? '' },
  });
  expect([...first.rows, ...second.rows].map((mail) => mail.email)).toEqual([
    'a***@yunxi.invalid',
    'l***@yunxi.invalid',
  ]);
  expect(second.nextCursor).toBeNull();
  expect(first.rows[0]).toMatchObject({ status: 'permanent-failure', reply: '550 No such mailbox' });
});

test('an address is shown to who looks after mails, on record', async () => {
  const { rows } = await supervisor.get<Failed>('listFailedMails');
  const [{ id, emailSight } = { id: 0, emailSight: '' }] = rows.filter((mail) => mail.recipient === 'lead');
  expect(emailSight).toBe('on-request');
  const body = { record: 'mail', id: String(id), fields: ['mailAddress'] };
  expect(await supervisor.get('revealPersonalData', { body })).toEqual({
    values: { mailAddress: 'lead@yunxi.invalid' },
  });
  const lead = await api.signedIn('lead');
  expect(await lead.refused('revealPersonalData', { body })).toMatchObject({ status: 403 });
});

test('sent once more it leaves the list, on record; a second time is refused', async () => {
  const { rows } = await supervisor.get<Failed>('listFailedMails');
  const { id } = rows.find((mail) => mail.recipient === 'lead') ?? { id: 0 };
  await api.db('users').where({ username: 'lead' }).update({ email: 'qin@yunxi.invalid' });
  await supervisor.get('resendMail', { params: { id } });
  const left = await supervisor.get<Failed>('listFailedMails');
  expect(left.rows.map((mail) => mail.id)).not.toContain(id);
  expect(await api.db('mails').where({ id }).first<object>('status', 'recipient_email')).toEqual({
    status: 'created',
    recipient_email: 'qin@yunxi.invalid',
  });
  expect(await api.db('audit_log').where({ action: 'mail.resend' }).first<object>('before', 'after')).toEqual(
    {
      before: { email: 'l***@yunxi.invalid' },
      after: { recipient: 'lead', email: 'q***@yunxi.invalid' },
    },
  );
  expect(await supervisor.refused('resendMail', { params: { id } })).toMatchObject({
    status: 404,
    type: 'mail-not-failed',
  });
});

test('others see neither the list nor can they send', async () => {
  const lead = await api.signedIn('lead');
  expect(await lead.refused('listFailedMails')).toMatchObject({ status: 403 });
  expect(await lead.refused('resendMail', { params: { id: 1 } })).toMatchObject({ status: 403 });
});

test('everybody chooses how to be told, on record', async () => {
  const lead = await api.signedIn('lead');
  const usual = await lead.get<{ informing: string[] }>('readNoticePreferences');
  expect(usual).toMatchObject({ mail: 'all', messenger: 'all', hasMessenger: true });
  expect(usual.informing).toContain('结果公示');
  const chosen = { mail: 'needed', messenger: 'none' };
  await lead.get('setNoticePreferences', { body: chosen });
  expect(await lead.get('readNoticePreferences')).toMatchObject(chosen);
  expect(await supervisor.get('readNoticePreferences')).toMatchObject({ mail: 'all' });
  expect(
    await api
      .db('audit_log')
      .where({ action: 'notice-preferences.set' })
      .first<object>('subject', 'before', 'after'),
  ).toEqual({ subject: 'user/lead', before: { mail: 'all', messenger: 'all' }, after: chosen });
  expect(
    await lead.refused('setNoticePreferences', { body: { mail: 'none', messenger: 'all' } }),
  ).toMatchObject({
    status: 422,
  });
});
