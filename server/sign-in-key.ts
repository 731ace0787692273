import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SignInSettings } from '../api/context';
import type { Config } from './config';
import { homePaths } from './home';

/**
 * The settings with a key for second factors: made up in the home folder at the first start where none is set. A home
 * folder that can't be written to has none, and nobody sets up a second factor there.
 */
export function withSignInKey({ signIn, home }: Config): SignInSettings {
  if (signIn.secondFactor.keys.length > 0) return signIn;
  const key = ownKey(homePaths(home).signInKey);
  return key === null ? signIn : { ...signIn, secondFactor: { ...signIn.secondFactor, keys: [key] } };
}

function ownKey(file: string): Buffer | null {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    // Another process of the same home folder may make one at this moment: the first is taken.
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (['EROFS', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}
