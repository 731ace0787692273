import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';

/**
 * The offline verifier as it is on the disk. Its script and style stand in the page, so that it can be saved and used
 * without a network: the policy names them by their hashes, and allows no connection at all.
 */
export function verifierPage(file: string): RequestHandler {
  const page = readFileSync(file);
  const policy = [
    "default-src 'none'",
    `script-src ${inlineHashes(page, 'script')}`,
    `style-src ${inlineHashes(page, 'style')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (_request, response) => {
    response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' }).type('html').send(page);
  };
}

function inlineHashes(page: Buffer, tag: 'script' | 'style'): string {
  const blocks = page.toString('utf8').matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'));
  return Array.from(
    blocks,
    ([, content = '']) => `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`,
  ).join(' ');
}
