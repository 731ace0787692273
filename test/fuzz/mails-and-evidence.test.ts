/** What comes from outside without anybody looking at it first: reports of mail servers, photos, films and papers. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { dsnSample } from '../support/dsn-sample';
import { fuzz } from './support/guarded-parser';
import { spoilt, spoiltBytes } from './support/mutations';

const REPORTS = ['delayed', 'delivered', 'exchange-mailbox-full', 'out-of-office', 'postfix-no-mailbox'].map(
  (name) => dsnSample(name, { id: '1234@yunxi.invalid' }),
);

test('reports of mail servers', async () => {
  let reports = 0;
  await fuzz(
    'report',
    spoilt(REPORTS),
    (text) => text,
    ({ kept }) => {
      reports += Number(kept.reports);
    },
  );
  expect(reports).toBeGreaterThan(0);
});

test('mails in mails, and parts without end', async () => {
  const nested = fc.nat({ max: 400 }).map((depth) => {
    const open = Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
    );
    return `From: a@b.invalid\r\n${open.join('')}Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n`;
  });
  await fuzz('report', nested, (text) => text);
});

const folder = path.join(__dirname, '../fixtures/evidence');
const FILES = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));

test('photos, films and papers', async () => {
  const counts = await fuzz('evidence', spoiltBytes(FILES), (bytes) => bytes);
  expect(counts.refused).toBeGreaterThan(0);
});
