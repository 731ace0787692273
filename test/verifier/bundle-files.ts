/** A bundle taken apart, changed and put together again. */
import { csvText } from '../../domain/draw/csv';
import type { Manifest } from '../../domain/draw/manifest';
import { CSV_COLUMNS } from '../../server/verify/frozen-lists';
import { readArchive } from '../../server/verify/read-archive';
import { csvRows, digestOf } from '../../server/verify/texts';
import { zipOf } from '../support/zip-of';

export type CsvName = keyof typeof CSV_COLUMNS;

export interface Contributions {
  commitment: string;
  seals: { contributor: string; seal: string; sealed_at: string }[];
  values: { contributor: string; value: string; source: string | null; revealed_at: string }[];
  seed: string;
}

export class BundleFiles {
  private constructor(readonly files: Map<string, Buffer>) {}

  static async of(bundle: Buffer): Promise<BundleFiles> {
    return new BundleFiles(await readArchive(bundle));
  }

  copy(): BundleFiles {
    return new BundleFiles(new Map(this.files));
  }

  text(name: string): string {
    const content = this.files.get(name);
    if (!content) throw new Error(`no ${name} in the bundle`);
    return content.toString('utf8');
  }

  write(name: string, text: string): void {
    this.files.set(name, Buffer.from(text, 'utf8'));
  }

  edit(name: string, change: (text: string) => string): void {
    const before = this.text(name);
    const after = change(before);
    if (after === before) throw new Error(`nothing changed in ${name}`);
    this.write(name, after);
  }

  /** Changes the lines of a population; they are sorted again unless the order is the point. */
  lines(name: string, change: (lines: string[]) => string[]): void {
    const lines = this.text(name).split('\n').slice(0, -1);
    this.edit(name, () =>
      change(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  rows(name: CsvName): string[][] {
    return csvRows(this.files, name, CSV_COLUMNS[name]).map((row) => [...row]);
  }

  editRows(name: CsvName, change: (rows: string[][]) => string[][]): void {
    this.edit(name, () => csvText(CSV_COLUMNS[name], change(this.rows(name))));
  }

  manifest(): Manifest {
    return JSON.parse(this.text('manifest.json')) as Manifest;
  }

  contributions(): Contributions {
    return JSON.parse(this.text('contributions.json')) as Contributions;
  }

  writeSums(): void {
    const names = [...this.files.keys()].filter((name) => name !== 'SHA256SUMS').sort();
    const line = (name: string) => `${digestOf(this.files.get(name) ?? Buffer.alloc(0))}  ${name}\n`;
    this.write('SHA256SUMS', names.map(line).join(''));
  }

  async zip(): Promise<Buffer> {
    return zipOf([...this.files]);
  }
}
