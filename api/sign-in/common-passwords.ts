import { readFileSync } from 'node:fs';

let words: ReadonlySet<string> | undefined;

/**
 * Nearly 50,000 passwords from leaks, most used first, 18,000 of them of eight characters and more (ASVS 6.2.4). They come
 * with a package: nothing is asked of anybody over the network.
 */
export function isCommonPassword(word: string): boolean {
  words ??= new Set(
    JSON.parse(
      readFileSync(require.resolve('@zxcvbn-ts/language-common/src/passwords.json'), 'utf8'),
    ) as string[],
  );
  return words.has(word);
}
