import { hash as digest } from 'node:crypto';

/** `H(x)` of the draw protocol: lower-case hexadecimal SHA-256 of the UTF-8 bytes. */
export const hash = (text: string): string => digest('sha256', text, 'hex');
