import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where things lie in the home folder (`.onevisit/`). */
export function homePaths(home: string) {
  return {
    root: home,
    data: path.join(home, 'data'),
    postgres: path.join(home, 'data', 'postgres'),
    temporalDb: path.join(home, 'data', 'temporal.db'),
    temporalPid: path.join(home, 'data', 'temporal.pid'),
    mail: path.join(home, 'mail'),
    logs: path.join(home, 'logs'),
    run: path.join(home, 'run.json'),
    secrets: path.join(home, 'secrets.json'),
    signInKey: path.join(home, 'sign-in-key'),
    auditKey: path.join(home, 'audit-key.pem'),
  };
}

export interface Secrets {
  postgresPassword: string;
}

/** The embedded parts' passwords, or null where none were made yet. */
export function readSecrets(home: string): Secrets | null {
  const file = homePaths(home).secrets;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Secrets) : null;
}

/** The passwords of the embedded parts, made up once and kept for the owner's eyes only. */
export function ensureSecrets(home: string): Secrets {
  const existing = readSecrets(home);
  if (existing) return existing;
  const secrets: Secrets = { postgresPassword: randomBytes(24).toString('base64url') };
  writeFileAtomic(homePaths(home).secrets, JSON.stringify(secrets, null, 2) + '\n', 0o600);
  return secrets;
}

/** Readers see the old content or the new, never a part. */
export function writeFileAtomic(file: string, content: string, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(next, content, { mode });
  renameSync(next, file);
}
