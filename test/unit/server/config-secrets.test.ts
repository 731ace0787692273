import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseConfig } from '../../../server/config';

const CANARY = 'c4n4ry-9f31';

/** Each holds a password, a key, or an address that has one in it. */
const SECRETS = [
  ...['DATABASE_URL', 'SMTP_URL', 'MAIL_REPORTS_IMAP_URL', 'MESSENGER_WEBHOOK_URL'],
  ...['MESSENGER_WEBHOOK_SECRET', 'DELIVERY_WEBHOOK_URL', 'DELIVERY_WEBHOOK_SECRET'],
  ...['EVIDENCE_BUCKET_URL', 'AUDIT_KEY'],
];

const wrongOnes = [CANARY, `mysql://user:${CANARY}@host/x`, `postgres://user:${CANARY}@host:port/x`];

test.each(SECRETS)('what is wrong with %s is said without it', (name) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-secrets-'));
  for (const wrong of wrongOnes) {
    const file = path.join(folder, 'secret');
    writeFileSync(file, wrong);
    for (const given of [{ [name]: wrong }, { [`${name}_FILE`]: file }]) {
      const { problems } = parseConfig(given, '/');
      expect(JSON.stringify(problems)).not.toContain(CANARY);
    }
  }
  // One of the three at least is wrong for each: else nothing was said at all.
  expect(wrongOnes.some((wrong) => parseConfig({ [name]: wrong }, '/').config === null)).toBe(true);
  rmSync(folder, { recursive: true });
});
