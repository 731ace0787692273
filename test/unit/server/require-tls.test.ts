import { parseConfig } from '../../../server/config';

/** A site whose parts are on other machines, with everything encrypted and checked. */
const SITE = {
  REQUIRE_TLS: 'yes',
  PUBLIC_URL: 'https://onevisit.example.gov.cn',
  DATABASE_URL: 'postgres://onevisit:x@db.example:5432/onevisit?sslmode=verify-full',
  SMTP_URL: 'smtps://user:x@mail.example:465',
  MAIL_REPORTS_ADDRESS: 'bounces@example.gov.cn',
  MAIL_REPORTS_IMAP_URL: 'imaps://user:x@mail.example:993/INBOX',
  TEMPORAL_ADDRESS: 'temporal.example:7233',
  TEMPORAL_TLS: 'yes',
  MESSENGER_WEBHOOK_URL: 'https://messenger.example.gov.cn/hooks',
  MESSENGER_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
  DELIVERY_WEBHOOK_URL: 'https://credit.example.gov.cn/hooks',
  DELIVERY_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
  EVIDENCE_BUCKET_URL: 'https://key:secret@s3.example:9000/bucket',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318',
};

const problemsOf = (changes: Record<string, string>) =>
  parseConfig({ ...SITE, ...changes }, '/srv').problems.map(({ variable }) => variable);

test('a site that encrypts everything starts', () => {
  expect(problemsOf({})).toEqual([]);
});

test.each([
  ['PUBLIC_URL', 'http://onevisit.example.gov.cn'],
  ['DATABASE_URL', 'postgres://onevisit:x@db.example:5432/onevisit'],
  ['DATABASE_URL', 'postgres://onevisit:x@db.example:5432/onevisit?sslmode=no-verify'],
  ['DATABASE_URL', 'postgres://onevisit:x@127.0.0.1:5432/onevisit?host=db.example'],
  ['SMTP_URL', 'smtp://user:x@mail.example:587'],
  ['SMTP_URL', 'smtps://user:x@mail.example:465?tls.rejectUnauthorized=false'],
  ['MAIL_REPORTS_IMAP_URL', 'imap://user:x@mail.example:143/INBOX'],
  ['TEMPORAL_TLS', 'no'],
  ['MESSENGER_WEBHOOK_URL', 'http://messenger.example.gov.cn/hooks'],
  ['DELIVERY_WEBHOOK_URL', 'http://127.0.0.1.example.gov.cn/hooks'],
  ['EVIDENCE_BUCKET_URL', 'http://key:secret@s3.example:9000/bucket'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector.example:4318'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
])('%s=%s stops the start, and is named', (variable, value) => {
  expect(problemsOf({ [variable]: value })).toEqual([variable]);
});

test('cookies that travel in the clear are a problem of the address', () => {
  expect(problemsOf({ SECURE_COOKIES: 'no' })).toEqual(['PUBLIC_URL']);
});

test('what does not leave the machine needs no encryption, and STARTTLS is one where it is demanded', () => {
  expect(
    problemsOf({
      DATABASE_URL: 'postgres://onevisit:x@127.0.0.1:5432/onevisit',
      SMTP_URL: 'smtp://user:x@mail.example:587?requireTLS=true',
      TEMPORAL_ADDRESS: '[::1]:7233',
      TEMPORAL_TLS: 'no',
      DELIVERY_WEBHOOK_URL: 'http://localhost:9000/hooks',
    }),
  ).toEqual([]);
  expect(problemsOf({ DATABASE_URL: 'postgres://onevisit@%2Fvar%2Frun%2Fpostgresql/onevisit' })).toEqual([]);
});

test('a trial on one machine asks for nothing of this', () => {
  expect(parseConfig({ PUBLIC_URL: 'http://localhost:8100' }, '/srv').problems).toEqual([]);
});
