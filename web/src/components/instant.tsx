import { useTranslation } from 'react-i18next';
import { formatInstant } from '../lib/format';

export function Instant({ at }: { at: string | null }) {
  const { t, i18n } = useTranslation();
  return at ? <time dateTime={at}>{formatInstant(at, i18n.language)}</time> : <>{t('states.unset')}</>;
}
