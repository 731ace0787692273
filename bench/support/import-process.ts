/** Imports the file named in the first argument into the database of the second, and tells its memory. */
import { createReadStream } from 'node:fs';
import { connect } from '../../db/connect';
import { runImport } from '../../imports/run-import';

async function main([file, url]: string[]): Promise<void> {
  if (file === undefined || url === undefined) throw new Error('a file and a database are needed');
  const db = connect(url, { poolMax: 4 });
  const run = await runImport(db, {
    ...{ kind: 'entities', mode: 'full', dryRun: false, fileName: 'bench', startedBy: null },
    stream: createReadStream(file),
  });
  await db.destroy();
  process.send?.({ added: run.added, memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) });
}

void main(process.argv.slice(2));
