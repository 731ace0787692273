/** What anybody can read of a campaign's changes, checked as anybody would check it. */
import { createHash } from 'node:crypto';
import type { RecordEntry } from '../../../domain/draw/record';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The entries of `record.jsonl`, whose chain must hold from the bundle on. */
export function entriesOf(text: string, bundle: Buffer): RecordEntry[] {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  let previous = sha256(bundle);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, at) => {
      const entry = JSON.parse(line) as RecordEntry;
      expect(entry).toMatchObject({ seq: at + 1, previous });
      previous = sha256(line);
      return entry;
    });
}

export async function readPublicRecord(url: string, code: string): Promise<RecordEntry[]> {
  const [record, bundle] = await Promise.all(
    ['record.jsonl', 'bundle.zip'].map((file) => fetch(`${url}/api/v1/public/campaigns/${code}/${file}`)),
  );
  if (!record?.ok || !bundle?.ok) throw new Error('the record and its bundle are public after the draw');
  return entriesOf(await record.text(), Buffer.from(await bundle.arrayBuffer()));
}
