import { useTranslation } from 'react-i18next';
import { useRegions } from './use-organisation';

/** Regions by their names, as a text; none: everywhere. */
export function useRegionNames(): (codes: readonly string[]) => string {
  const { t } = useTranslation();
  const { data } = useRegions();
  return (codes) =>
    codes.length === 0
      ? t('inspectors.everywhere')
      : codes.map((code) => data?.find((one) => one.code === code)?.name ?? code).join('、');
}
