import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A report as servers write them, of `test/fixtures/dsn`, about a mail by its id without angle brackets. */
export function dsnSample(
  name: string,
  { id, to = 'lead@yunxi.invalid', action = 'delivered' }: { id: string; to?: string; action?: string },
): string {
  const text = readFileSync(path.join(__dirname, '../fixtures/dsn', `${name}.eml`), 'utf8');
  return text
    .replaceAll('{{id}}', id)
    .replaceAll('{{to}}', to)
    .replaceAll('{{action}}', action)
    .replace(/\r?\n/g, '\r\n');
}
