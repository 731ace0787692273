import { createHash } from 'node:crypto';

/** `H(x)` of the draw protocol: lower-case hexadecimal SHA-256 of the UTF-8 bytes. */
export const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
