import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Numbers and levels of the requirements in scope, from the standard's own table. */
const requirements = JSON.parse(read('test/fixtures/asvs-requirements.json')) as Record<string, number>;
const document = read('docs/security/asvs.md');
const STATES = ['met', 'met with a setting', 'not met', 'does not apply'];

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const lines = document.split('\n').filter((line) => line.startsWith('|'));
const rows = lines
  .map(cellsOf)
  .filter(([number = '']) => /^\d+\.\d+\.\d+$/.test(number))
  .map(([number = '', level = '', about = '', state = '', shown = '']) => ({
    number,
    level,
    about,
    state,
    shown,
  }));

const isOfState = (...states: string[]) => rows.filter(({ state }) => states.includes(state));

test('every requirement is there once, with its level', () => {
  expect(Object.keys(requirements)).toHaveLength(250);
  expect(rows.map(({ number, level }) => `${number} L${level}`).sort()).toEqual(
    Object.entries(requirements)
      .map(([number, level]) => `${number} L${level}`)
      .sort(),
  );
});

test('each has a state, and says how, what is missing, or why not', () => {
  for (const { number, about, state, shown } of rows) {
    expect(`${number} ${STATES.includes(state) ? 'ok' : state}`).toBe(`${number} ok`);
    expect(`${number} ${about !== '' && shown.length > 3 ? 'ok' : 'empty'}`).toBe(`${number} ok`);
  }
});

/** `path` “words of it” “more”: paths have a slash or are files at the top. */
const REFERENCE = /`([^`\s]+)`((?:\s“[^”]+”)*)/g;
const isPath = (text: string): boolean =>
  !text.startsWith('/') &&
  (/^[\w.-]+(\/[\w.*-]+)+$/.test(text) || /^[\w.-]+\.(md|ts|mjs|cjs|json|yml)$/.test(text));
const referencesIn = (text: string) =>
  [...text.matchAll(REFERENCE)]
    .map(([, file = '', words = '']) => ({
      file,
      words: [...words.matchAll(/“([^”]+)”/g)].map(([, one = '']) => one),
    }))
    .filter(({ file }) => isPath(file));

test('what is named exists, and has the words that are quoted from it', () => {
  const wrong = rows.flatMap(({ number, shown }) =>
    referencesIn(shown).flatMap(({ file, words }) => {
      if (!existsSync(path.join(ROOT, file))) return [`${number}: no ${file}`];
      return words
        .filter((one) => !read(file).includes(one))
        .map((one) => `${number}: ${file} has no “${one}”`);
    }),
  );
  expect(wrong).toEqual([]);
});

test('quoted words stand behind the file that they are from', () => {
  const quoted = rows.map(({ shown }) => (shown.match(/“/g) ?? []).length);
  const found = rows.map(({ shown }) => referencesIn(shown).flatMap(({ words }) => words).length);
  expect(found).toEqual(quoted);
});

test('what is met with a setting names it', () => {
  for (const { number, shown } of isOfState('met with a setting')) {
    expect(`${number} ${/`[A-Z][A-Z_]+(=[^`]*)?`|`[^`]+\.md`/.test(shown) ? 'ok' : shown}`).toBe(
      `${number} ok`,
    );
  }
});

test('the counts are right, chapter by chapter and in all', () => {
  const counted = lines
    .map(cellsOf)
    .filter((cells) => cells.length === 6 && /^(\d+ |all$)/.test(cells[0] ?? ''));
  const expected = [...new Set(rows.map(({ number }) => number.split('.')[0] ?? '')), 'all'].map(
    (chapter) => {
      const own = rows.filter(({ number }) => chapter === 'all' || number.startsWith(`${chapter}.`));
      return [
        chapter,
        own.length,
        ...STATES.map((state) => own.filter((row) => row.state === state).length),
      ].map(String);
    },
  );
  expect(counted.map(([name = '', ...numbers]) => [name.split(' ')[0], ...numbers])).toEqual(expected);
});
