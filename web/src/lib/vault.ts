/**
 * What pages keep in the browser, for who works without a network: encrypted with a key that the server gives to its owner
 * alone, after signing in, and that stays in the page's memory. Whoever has the device without the sign-in has nothing of it
 * (ASVS 5.0 14.3.3).
 */

/** Of what is kept; a language is nobody's secret. */
const PREFIXES = ['onevisit.draft.', 'onevisit.secret.', 'onevisit.recent.'];
const MARK = 'v1.';
const IV_BYTES = 12;

let key: CryptoKey | null = null;
/** Whose key it is. */
let owner: number | null = null;
/** In clear, in the page's memory: what is read must be there at once. */
const texts = new Map<string, string>();
/** Changes of each name: an older one that is encrypted late must not take the place of a newer one. */
const changes = new Map<string, number>();
let onOthers: (() => void) | null = null;

/** Browsers offer WebCrypto to secure pages only; a trial on plain HTTP keeps what it keeps as it is. */
const subtle = (): SubtleCrypto | undefined => crypto.subtle;

/** `others`: told when another page of this browser has changed something. */
export async function openVault(userId: number, hexKey: string, others: () => void): Promise<void> {
  if (owner === userId) return;
  closeVault();
  key = (await subtle()?.importKey('raw', bytesOf(hexKey), 'AES-GCM', false, ['encrypt', 'decrypt'])) ?? null;
  owner = userId;
  await Promise.all(keptNames().map(load));
  onOthers = others;
  window.addEventListener('storage', follow);
}

/** At sign-out. What stays in the browser can be read by its owner's next sign-in alone. */
export function closeVault(): void {
  window.removeEventListener('storage', follow);
  key = null;
  owner = null;
  onOthers = null;
  texts.clear();
}

export const readText = (name: string): string | null => texts.get(name) ?? null;

/** Names of what is kept that begin so, and can be read. */
export const namesOf = (prefix: string): string[] =>
  [...texts.keys()].filter((name) => name.startsWith(prefix));

export function keepText(name: string, text: string): void {
  texts.set(name, text);
  const change = count(name);
  if (!key) {
    localStorage.setItem(name, text);
    return;
  }
  void encrypt(new TextEncoder().encode(text)).then((sealed) => {
    if (changes.get(name) === change) localStorage.setItem(name, MARK + textOf(sealed));
  });
}

export function dropText(name: string): void {
  texts.delete(name);
  count(name);
  localStorage.removeItem(name);
}

function count(name: string): number {
  const change = (changes.get(name) ?? 0) + 1;
  changes.set(name, change);
  return change;
}

const keptNames = (): string[] =>
  Object.keys(localStorage).filter((name) => PREFIXES.some((prefix) => name.startsWith(prefix)));

async function load(name: string): Promise<void> {
  const kept = localStorage.getItem(name);
  if (kept === null) return;
  if (!kept.startsWith(MARK)) {
    // From before it was encrypted.
    keepText(name, kept);
    return;
  }
  const bytes = await decrypt(Uint8Array.from(atob(kept.slice(MARK.length)), (one) => one.charCodeAt(0)));
  // Somebody else's: theirs to read.
  if (bytes) texts.set(name, new TextDecoder().decode(bytes));
}

function follow({ key: name, newValue }: StorageEvent): void {
  if (name === null || !PREFIXES.some((prefix) => name.startsWith(prefix))) return;
  const change = count(name);
  if (newValue === null) texts.delete(name);
  else void load(name).then(() => changes.get(name) === change && onOthers?.());
  onOthers?.();
}

/** With what decrypting needs beside the key at the front. */
export async function encrypt(clear: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const cipher = subtle();
  if (!cipher || !key) return clear;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = new Uint8Array(await cipher.encrypt({ name: 'AES-GCM', iv }, key, clear));
  const whole = new Uint8Array(IV_BYTES + sealed.length);
  whole.set(iv);
  whole.set(sealed, IV_BYTES);
  return whole;
}

/** Null where it was encrypted with another key. */
export async function decrypt(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const cipher = subtle();
  if (!cipher || !key) return sealed;
  const iv = sealed.slice(0, IV_BYTES);
  return cipher.decrypt({ name: 'AES-GCM', iv }, key, sealed.slice(IV_BYTES)).then(
    (clear) => new Uint8Array(clear),
    () => null,
  );
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

const textOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
