import type { TFunction } from 'i18next';

interface Department {
  code: string;
  name: string;
}

/** Who gives a value to the seed: a department by its name, a public source by what it is. */
export function contributorName(
  contributor: string,
  departments: readonly Department[] | undefined,
  t: TFunction,
): string {
  if (contributor === 'public:dice') return t('publicSources.dice');
  if (contributor === 'public:lottery') return t('publicSources.lottery');
  if (contributor === 'public:beacon') return t('publicSources.beacon');
  return departments?.find((one) => one.code === contributor)?.name ?? contributor;
}
