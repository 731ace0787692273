import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AuditSigning } from '../../activities/audit-checkpoints';
import { signerOf, type Signer } from '../../domain/audit/checkpoint';

/** A key of the test's own. */
export function testSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signerOf('onevisit.invalid/audit', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
}

/** What signs the audit log of a test's database, with a folder that the owner removes. */
export function testSigning(): { signing: AuditSigning; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-audit-'));
  return {
    signing: { signer: testSigner(), folder },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
