import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** yazl takes a name twice, as a forger might. */
export async function zipOf(
  entries: Iterable<readonly [name: string, content: Buffer | string]>,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of entries)
    zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, name);
  zip.end();
  return buffer(zip.outputStream);
}
