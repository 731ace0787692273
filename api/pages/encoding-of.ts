import type { Request } from 'express';

/** The smaller first. Browsers name both alike, the older one before, and take Brotli over HTTPS only. */
export const ENCODINGS = ['br', 'gzip'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** How an answer is compressed for who asks; null: not at all. */
export const encodingOf = (request: Request): Encoding | null =>
  ENCODINGS.find((one) => request.acceptsEncodings(one) === one) ?? null;
