export interface MarkedText {
  text: string;
  /** gives: a word by which there is a tag; stops: one by which there is none. */
  mark: 'gives' | 'stops' | null;
}

/** As much of a part without words as shows what is around them. */
const AROUND = 24;
const PARTS = 25;

/** A scope of business with words marked in it, shortened between them. Longer words first: 宠物食品 before 食品. */
export function markWords(scope: string, gives: readonly string[], stops: readonly string[]): MarkedText[] {
  const marks = new Map<string, 'gives' | 'stops'>([
    ...gives.map((word) => [word, 'gives'] as const),
    ...stops.map((word) => [word, 'stops'] as const),
  ]);
  const words = [...marks.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const text = scope.normalize('NFKC');
  const parts = words.length === 0 ? [text] : text.split(new RegExp(`(${words.join('|')})`, 'u'));
  return parts
    .slice(0, PARTS)
    .map((part, at) => ({
      text: marks.has(part) ? part : shortened(part, at === 0, at === parts.length - 1),
      mark: marks.get(part) ?? null,
    }))
    .filter((part) => part.text !== '');
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const characters = [...text];
  const head = isFirst && !isLast ? 0 : AROUND;
  const tail = isLast && !isFirst ? 0 : AROUND;
  if (characters.length <= head + tail + 1) return text;
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`;
}
