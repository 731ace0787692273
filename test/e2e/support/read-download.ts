import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';

export const readDownload = async (download: Download, encoding: BufferEncoding = 'utf8'): Promise<string> =>
  readFile(await download.path(), encoding);
