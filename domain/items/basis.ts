/** What an item rests on: no legal basis, no inspection (plan 3.1). */
export interface LegalBasis {
  law: string;
  article: string;
  text: string;
}

/** `《食品安全法》第一百一十条、《消防法》第五十三条`. */
export const citation = (bases: readonly LegalBasis[]): string => bases.map(referenceOf).join('、');

export const referenceOf = ({ law, article }: LegalBasis): string =>
  `《${law.replace(/^《|》$/g, '')}》${article}`;
