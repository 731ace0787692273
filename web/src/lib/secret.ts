import { sha256 } from './sha256';
import { keepText, readText } from './vault';

/** What a department publishes of its secret value (draw protocol, section 2). */
export const sealOf = (commitment: string, contributor: string, value: string): Promise<string> =>
  sha256(`onevisit-seal/1\n${commitment}\n${contributor}\n${value}`);

/** 16 to 256 printable characters in the form that is hashed. */
export const isSealable = (value: string): boolean =>
  /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{16,256}$/u.test(value) && value === value.normalize('NFC');

/** 160 bits in characters that can be read out and typed. */
export function generateSecret(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => alphabet[byte % 32]).join('');
}

// A void ceremony is followed by one with another commitment: its values are kept apart.
const placeOf = (commitment: string, department: string) => `onevisit.secret.${commitment}.${department}`;

export const keepSecret = (commitment: string, department: string, value: string): void =>
  keepText(placeOf(commitment, department), value);

export const keptSecret = (commitment: string, department: string): string | null =>
  readText(placeOf(commitment, department));
