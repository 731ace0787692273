import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { Found } from './report';

/** What a bundle holds, by name; throws `Found` for what is no whole ZIP. */
export async function readArchive(bundle: Buffer): Promise<Map<string, Buffer>> {
  try {
    const files = new Map<string, Buffer>();
    const archive = await fromBufferPromise(bundle, { lazyEntries: true });
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (files.has(name)) throw new Found(`包里有两个 ${name}`);
      const content = await buffer(await archive.openReadStreamPromise(entry));
      if (crc32(content) !== entry.crc32) throw new Found(`${name} 已损坏（校验码不符）`);
      files.set(name, content);
    }
    return files;
  } catch (error) {
    if (error instanceof Found) throw error;
    throw new Found(`不是完好的 ZIP 文件：${(error as Error).message}`);
  }
}
