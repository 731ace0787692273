/** What the database keeps and cannot read: AES-256-GCM under a key from the environment. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';

/** The first key seals; each of them opens, so that keys can be changed. `about` binds it to its row. */
export function seal(keys: readonly Buffer[], content: Buffer, about: string): string {
  const key = keys[0];
  if (!key) throw new Error('no key to seal with');
  const nonce = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return [
    nameOf(key),
    ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.');
}

export function unseal(keys: readonly Buffer[], text: string, about: string): Buffer {
  const [name, ...parts] = text.split('.');
  const [nonce, sealed, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  const key = keys.find((one) => nameOf(one) === name);
  if (!key || !nonce || !sealed || !tag)
    throw new Error(`sealed with a key that is not there: ${name ?? ''}`);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: 16 })
    .setAAD(Buffer.from(about))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);
