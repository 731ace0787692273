/** Recomputes a draw from its public bundle by the protocol's text alone, with nothing of the project's own rules. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

const H = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

interface Manifest {
  mode: 'joint' | 'per_item';
  items: { item: string }[];
  strata: { item: string; stratum: string; sample: number; digest: string }[];
  contributors: string[];
}

interface Contributions {
  commitment: string;
  values: { contributor: string; value: string }[];
}

export interface Recomputed {
  seed: string;
  drawnCsv: string;
  visitsCsv: string;
}

export async function readBundle(zip: Buffer): Promise<Map<string, string>> {
  const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer);
  const file = await open(zip, { lazyEntries: true });
  const content = new Map<string, string>();
  const read = (entry: Entry) =>
    new Promise<Buffer>((resolve, reject) => {
      file.openReadStream(entry, (error, stream) => {
        if (error) reject(error);
        else buffer(stream).then(resolve, reject);
      });
    });
  await new Promise<void>((resolve, reject) => {
    file.on('error', reject).on('end', resolve);
    file.on('entry', (entry: Entry) => {
      read(entry).then((bytes) => {
        content.set(entry.fileName, bytes.toString('utf8'));
        file.readEntry();
      }, reject);
    });
    file.readEntry();
  });
  return content;
}

export function recomputeDraw(bundle: ReadonlyMap<string, string>): Recomputed {
  const text = (name: string): string => {
    const found = bundle.get(name);
    if (found === undefined) throw new Error(`the bundle lacks ${name}`);
    return found;
  };
  const codesIn = (name: string) => text(name).split('\n').filter(Boolean);
  const manifest = JSON.parse(text('manifest.json')) as Manifest;
  const { commitment, values } = JSON.parse(text('contributions.json')) as Contributions;
  if (H(text('manifest.json')) !== commitment) throw new Error('the commitment is not that of the manifest');
  const valueOf = (contributor: string) => values.find((one) => one.contributor === contributor)?.value ?? '';
  const seed = H(
    `onevisit-seed/1\n${commitment}\n${manifest.contributors.map((one) => `${one}\t${valueOf(one)}\n`).join('')}`,
  );
  const ticket = (code: string) => H(`${seed}\nentity\n${code}`);
  const byTicket = (a: string, b: string) => (ticket(a) < ticket(b) ? -1 : 1);

  const drawn = manifest.strata.flatMap(({ item, stratum, sample, digest }) => {
    const file = `populations/${item === '*' ? '_joint' : item}/${stratum}.txt`;
    if (H(text(file)) !== digest) throw new Error(`${file} is not the one that was frozen`);
    return codesIn(file)
      .sort(byTicket)
      .slice(0, sample)
      .map((code, at) => ({ item, stratum, rank: at + 1, code }));
  });
  const itemsOf = (code: string): string[] =>
    manifest.mode === 'joint'
      ? manifest.items
          .map(({ item }) => item)
          .filter((item) => codesIn(`populations/${item}/_all.txt`).includes(code))
      : drawn.filter((one) => one.code === code).map((one) => one.item);
  const visited = [...new Set(drawn.map((one) => one.code))].sort(byTicket);
  return {
    seed,
    drawnCsv: lines(
      'item,stratum,rank,code,ticket',
      drawn.map((one) => [one.item, one.stratum, one.rank, one.code, ticket(one.code)]),
    ),
    visitsCsv: lines(
      'visit,code,items',
      visited.map((code, at) => [at + 1, code, itemsOf(code).sort().join(';')]),
    ),
  };
}

const lines = (head: string, rows: readonly (string | number)[][]): string =>
  [head, ...rows.map((row) => row.join(','))].map((line) => `${line}\n`).join('');
