/** The public pages load texts of their own: whatever they say is among them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { publicTexts as english } from '../../../web/src/i18n/en/public';
import { publicTexts as chinese } from '../../../web/src/i18n/zh/public';

const SRC = path.resolve(__dirname, '../../../web/src');

/** Every module that the public pages are made of, by its path. */
function modulesFrom(entry: string, known = new Map<string, string>()): Map<string, string> {
  if (known.has(entry)) return known;
  const source = readFileSync(entry, 'utf8');
  known.set(entry, source);
  for (const [, name = ''] of source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const found = ['.ts', '.tsx']
      .map((ending) => path.resolve(path.dirname(entry), name + ending))
      .find(existsSync);
    if (found && !found.includes('/i18n/')) modulesFrom(found, known);
  }
  return known;
}

/** What is asked of `t`, up to where a key is put together. */
const keysIn = (source: string): string[] => [
  ...[...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key = '']) => key),
  ...[...source.matchAll(/\bt\(\s*`([\w.-]+)\.\$\{/g)].map(([, key = '']) => key),
  ...[...source.matchAll(/\bt\(\s*[^'`(),]+\?\s*'([\w.-]+)'\s*:\s*'([\w.-]+)'/g)].flatMap(
    ([, ...keys]) => keys,
  ),
];

const textAt = (texts: object, key: string): unknown =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts);

const modules = modulesFrom(path.join(SRC, 'open-main.tsx'));

test('the public pages are many modules, and none of the component library', () => {
  expect(modules.size).toBeGreaterThan(50);
  const heavy = [...modules].filter(([, source]) => /from '(antd|@ant-design|dayjs)/.test(source));
  expect(heavy.map(([file]) => path.relative(SRC, file))).toEqual([]);
});

test.each([
  ['Chinese', chinese],
  ['English', english],
])('each has its %s texts', (_, texts) => {
  const asked = [...modules].flatMap(([file, source]) =>
    keysIn(source).map((key) => ({ key, file: path.relative(SRC, file) })),
  );
  expect(asked.length).toBeGreaterThan(300);
  expect(asked.filter(({ key }) => textAt(texts, key) === undefined)).toEqual([]);
});
