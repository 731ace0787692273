/** The key that signs the audit log, and the loop that seals and signs it. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { ChainRewritten, signHead, type AuditSigning } from '../activities/audit-checkpoints';
import { signerOf } from '../domain/audit/checkpoint';
import type { Config } from './config';
import { homePaths } from './home';

const EVERY_MS = 1000;

export function auditSigningOf(config: Config): AuditSigning {
  const name = `${new URL(config.publicUrl).host}/audit`;
  return {
    signer: signerOf(name, config.auditKey ?? ownKey(homePaths(config.home).auditKey)),
    folder: config.auditFolder,
  };
}

/** Made up at the first start; whoever copies the home folder for a backup has it too, and should keep it apart. */
function ownKey(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    try {
      // Another worker of the same home folder may make one at this moment: the first is taken.
      const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
      writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8');
}

/** Entries get their place in the chain within a second of their commit; the returned function ends it. */
export function keepSealing(
  db: Knex,
  signing: AuditSigning,
  log: (line: string) => void,
): () => Promise<void> {
  let ended = false;
  let wake = (): void => undefined;
  let told = '';
  const loop = async () => {
    while (!ended) {
      try {
        await signHead(db, signing, new Date(), null);
        told = '';
      } catch (error) {
        // Said once, not every second; a database that is away is said elsewhere.
        const message = error instanceof ChainRewritten ? error.message : 'the audit log could not be sealed';
        if (message !== told) log((told = message));
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (ended) wake();
      });
    }
  };
  const running = loop();
  return async () => {
    ended = true;
    wake();
    await running;
  };
}
