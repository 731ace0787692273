import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const declared = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
  Object.keys(manifest[kind] ?? {}),
);

const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`\s*\|\s*([^|]+?)\s*\|/gm)].map(
  ([, name = '', licence = '']) => ({ name, licence }),
);

test('docs/dependencies.md says of every dependency what it is for, and of no other', () => {
  expect(listed.map(({ name }) => name).sort()).toEqual([...declared].sort());
});

test('it names their licences as they are', () => {
  for (const { name, licence } of listed) {
    const file = `node_modules/${name}/package.json`;
    // Optional ones of other platforms are not installed.
    if (!existsSync(path.join(ROOT, file))) continue;
    const installed = JSON.parse(read(file)) as { license?: string };
    expect(`${name} ${licence}`).toBe(`${name} ${installed.license ?? ''}`);
  }
});
