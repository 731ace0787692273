/** Rules of the whole code that no single test of a function can hold: what must not be written anywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MIN_VERSION } from 'node:tls';
import { hash } from '@node-rs/argon2';

const ROOT = path.resolve(__dirname, '../../..');
const SERVER = ['domain', 'db', 'imports', 'evidence', 'activities', 'workflows', 'api', 'server'];

interface Line {
  place: string;
  text: string;
}

/** Every line of code below the folders. */
const linesOf = (...folders: string[]): Line[] =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|tsx|mjs|cjs|js)$/.test(file))
        .map((file) => path.join(folder, file)),
    )
    .flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .map((text, at) => ({ place: `${file}:${at + 1}`, text })),
    );

const everywhere = linesOf(...SERVER, 'web/src', 'verifier');
const server = linesOf(...SERVER);
const pages = linesOf('web/src');

const placesOf = (lines: readonly Line[], pattern: RegExp): string[] =>
  lines.filter(({ text }) => pattern.test(text)).map(({ place, text }) => `${place} ${text.trim()}`);

/** What is given to each call of a function whose first argument is a literal. */
const argumentsOf = (lines: readonly Line[], called: string): string[] => [
  ...new Set(
    lines.flatMap(({ text }) =>
      [...text.matchAll(new RegExp(`\\b${called}\\(\\s*([^,)]*)`, 'g'))].map(([, first = '']) => first),
    ),
  ),
];

test('the code is read', () => {
  expect(everywhere.length).toBeGreaterThan(50_000);
});

test('nothing is run that does not stand in the code', () => {
  expect(placesOf(everywhere, /\beval\(|\bnew Function\(|\bfrom '(node:)?vm'/)).toEqual([]);
});

test('no page writes HTML from text, nor listens to other windows', () => {
  const writes = /dangerouslySetInnerHTML|\.(inner|outer)HTML|insertAdjacentHTML|document\.write/;
  expect(placesOf(pages, writes)).toEqual([]);
  expect(placesOf(pages, /addEventListener\(\s*'message'|\.onmessage\b/)).toEqual([]);
});

/** One-time codes are HMAC-SHA-1 (RFC 6238), the only form that every authenticator app knows; it is not broken as a MAC. */
const ONE_TIME_CODES = 'domain/sign-in/totp.ts';

test('approved algorithms only', () => {
  const others = everywhere.filter(({ place }) => !place.startsWith(ONE_TIME_CODES));
  expect(argumentsOf(everywhere, 'createHash').sort()).toEqual(["'sha256'"]);
  expect(argumentsOf(others, 'createHmac').sort()).toEqual(["'sha256'"]);
  expect(placesOf(others, /\bmd5\b|'sha1'|\b(aes|des)-\w+-(ecb|cbc|ctr)\b|RSA_PKCS1_PADDING/i)).toEqual([]);
  const ciphers = placesOf(everywhere, /'(aes-|des-|aria\d|camellia|chacha20|rc4)[\w-]*'/i);
  // In browsers the length is the key's: 256 bits by the contract of `readBrowserKey`.
  expect(ciphers.filter((one) => !/'aes-256-gcm'|'AES-GCM'/.test(one))).toEqual([]);
});

test('chance that nobody may guess comes from the secure generator', () => {
  expect(placesOf(everywhere, /\bMath\.random\b/)).toEqual([]);
});

test('password hashes cost what OWASP advises', async () => {
  expect(await hash('as it is called in the code')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(placesOf(server, /\bhash\([^)]*\{.*(memoryCost|timeCost|algorithm)/)).toEqual([]);
});

test('connections that are encrypted are so by TLS 1.2 or newer', () => {
  expect(DEFAULT_MIN_VERSION).toBe('TLSv1.2');
  expect(placesOf(server, /rejectUnauthorized|minVersion|secureProtocol|checkServerIdentity/)).toEqual(
    placesOf(linesOf('server'), /searchParams\.get\('tls\.rejectUnauthorized'\)/),
  );
});
