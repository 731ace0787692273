/**
 * A checkpoint says how long the chain was and what the root of its tree was, signed with Ed25519: a signed note in the form
 * of https://c2sp.org/tlog-checkpoint, which other programs for transparency logs can read.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

export interface Checkpoint {
  size: number;
  /** Hexadecimal. */
  root: string;
  at: Date;
  /** `daily`, or the action and subject it was taken for: `campaign.draw campaign/2026-001`. */
  reason: string;
}

/** A public key by its name, as notes know it: `name+id+base64`. */
export interface AuditKey {
  name: string;
  /** Eight hexadecimal digits. */
  id: string;
  publicKey: KeyObject;
}

export interface Signer extends AuditKey {
  privateKey: KeyObject;
}

const ED25519 = 1;

/** Raw Ed25519 keys are the last 32 bytes of their SPKI form. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export function signerOf(name: string, pem: string): Signer {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the key of the audit log must be Ed25519');
  const publicKey = createPublicKey(privateKey);
  return { name, id: idOf(name, publicKey), privateKey, publicKey };
}

const rawOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);

function idOf(name: string, key: KeyObject): string {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ED25519]))
    .update(rawOf(key))
    .digest('hex')
    .slice(0, 8);
}

export const formatKey = ({ name, id, publicKey }: AuditKey): string =>
  `${name}+${id}+${Buffer.concat([Buffer.from([ED25519]), rawOf(publicKey)]).toString('base64')}`;

/** null: not a key, or its id is another's. */
export function parseKey(text: string): AuditKey | null {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  return idOf(name, publicKey) === id ? { name, id, publicKey } : null;
}

/** What the last checkpoint of a key is for: it names the next key, so that who trusts the one can trust the other. */
export const handingOver = (next: AuditKey): string => `key ${formatKey(next)}`;

/** null: the checkpoint hands over to no key. */
export const handedTo = (reason: string): AuditKey | null =>
  reason.startsWith('key ') ? parseKey(reason.slice('key '.length)) : null;

/** The text that is signed; its first line names the log. */
export const checkpointText = (origin: string, { size, root, at, reason }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\nat ${at.toISOString()}\nfor ${reason}\n`;

export function signCheckpoint(signer: Signer, checkpoint: Checkpoint): string {
  const text = checkpointText(signer.name, checkpoint);
  const signature = Buffer.concat([
    Buffer.from(signer.id, 'hex'),
    sign(null, Buffer.from(text), signer.privateKey),
  ]);
  return `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
}

export type ReadCheckpoint =
  | { ok: true; checkpoint: Checkpoint; keyId: string }
  | { ok: false; why: 'form' | 'unknown-key' | 'signature' };

const NOTE =
  /^(?<text>[^\n]+\n(?<size>\d+)\n(?<root>[A-Za-z0-9+/]{43}=)\nat (?<at>\S+)\nfor (?<reason>[^\n]+)\n)\n— (?<name>[^+\s]+) (?<signature>[A-Za-z0-9+/]+=*)\n$/;

/** Reads a note and checks its signature by one of the keys. */
export function readCheckpoint(note: string, keys: readonly AuditKey[]): ReadCheckpoint {
  const parts = NOTE.exec(note)?.groups;
  if (!parts) return { ok: false, why: 'form' };
  const { text = '', size, root = '', at = '', reason = '', name, signature = '' } = parts;
  const bytes = Buffer.from(signature, 'base64');
  const keyId = bytes.subarray(0, 4).toString('hex');
  const key = keys.find((one) => one.id === keyId && one.name === name);
  if (!key) return { ok: false, why: 'unknown-key' };
  if (!verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4)))
    return { ok: false, why: 'signature' };
  return {
    ok: true,
    keyId,
    checkpoint: {
      size: Number(size),
      root: Buffer.from(root, 'base64').toString('hex'),
      at: new Date(at),
      reason,
    },
  };
}
