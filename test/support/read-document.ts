/** Reads a document's file back, as somebody who opens it sees it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { readZip } from './read-zip';

export interface ReadPdf {
  pages: string[];
  /** Those that are embedded. */
  fonts: string[];
  /** Pieces of text in which a font drew its box for what it has not. */
  missing: string[];
}

export async function readPdf(file: Uint8Array): Promise<ReadPdf> {
  const reader = spawn(process.execPath, [path.join(__dirname, 'read-pdf.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  reader.stdin.end(file);
  return JSON.parse(await text(reader.stdout)) as ReadPdf;
}

/** The text of a DOCX, a paragraph a line. */
export async function readDocx(file: Uint8Array): Promise<string> {
  const entries = await readZip(Buffer.from(file));
  return (entries.get('word/document.xml') ?? '')
    .replace(/<\/w:p>|<w:br\/>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
