/** Codes of an authenticator app: TOTP (RFC 6238) as all of them know it, HMAC-SHA-1, 30 seconds, 6 digits. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The time step that the code is of, which has to be the present one: a code lives for 30 seconds (ASVS 5.0 6.5.5), as the app
 * shows it. null: another code, or one of `lastStep`: each step serves once.
 */
export function stepOfCode(secret: Buffer, code: string, now: Date, lastStep: number): number | null {
  const typed = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) return null;
  const step = stepAt(now);
  const isRight = timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(typed));
  return isRight && step > lastStep ? step : null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, without padding, as authenticator apps take a secret by hand. */
export function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What the QR code says. */
export function otpauthUri(secret: Buffer, username: string, place: string): string {
  const label = `${encodeURIComponent(place)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(place)}`;
}
