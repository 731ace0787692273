import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { Found } from './report';

/** Lists of codes and digests pack to a third or so: what unpacks to far more is made to fill a memory. */
const MOST_RATIO = 50;
const MOST_FILES = 100_000;

/** What a bundle holds, by name; throws `Found` for what is no whole ZIP. */
export async function readArchive(bundle: Buffer): Promise<Map<string, Buffer>> {
  try {
    const files = new Map<string, Buffer>();
    const archive = await fromBufferPromise(bundle, { lazyEntries: true });
    if (archive.entryCount > MOST_FILES)
      throw new Found(`包里有 ${archive.entryCount} 个文件，不是抽取的文件包`);
    let unpacked = 0;
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (files.has(name)) throw new Found(`包里有两个 ${name}`);
      // yauzl breaks off where a file unpacks to more than it says.
      unpacked += entry.uncompressedSize;
      if (unpacked > MOST_RATIO * bundle.length) {
        throw new Found(`包里的内容展开后超过包的 ${MOST_RATIO} 倍，不是抽取的文件包`);
      }
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
