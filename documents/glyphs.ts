/** What stands where the font has no glyph: seen by everybody, with a note of what it was. */
import type { Font } from 'fontkit';
import { mapText, type DocumentTree } from './tree';

/** GETA MARK, by which Chinese and Japanese print says that a character is missing. */
export const GETA = '〓';

/** Joiners, marks of direction and variation selectors: they have no glyph of their own. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;
/** No text has them but by mistake, and XML must not. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu;

export const withoutControls = (tree: DocumentTree): DocumentTree =>
  mapText(tree, (text) => text.replace(CONTROL, '').replace(/\t/g, ' '));

/** The tree as the fonts can show it. A note at its end names what they can't. */
export function shownBy(
  tree: DocumentTree,
  fonts: readonly Pick<Font, 'hasGlyphForCodePoint'>[],
): DocumentTree {
  const missing = new Set<string>();
  const shown = mapText(tree, (text) =>
    [...text.replace(INVISIBLE, '')]
      .map((character) => {
        const code = character.codePointAt(0) ?? 0;
        if (character === '\n' || fonts.every((font) => font.hasGlyphForCodePoint(code))) return character;
        missing.add(character);
        return GETA;
      })
      .join(''),
  );
  if (missing.size === 0) return shown;
  const names = [...missing].map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
  const note = {
    kind: 'note' as const,
    runs: [{ text: `注：字库中没有的字以 ${GETA} 代替，依次为 ${names.join('、')}。` }],
  };
  return {
    ...shown,
    parts: shown.parts.map((part, at) => (at === shown.parts.length - 1 ? [...part, note] : part)),
  };
}
