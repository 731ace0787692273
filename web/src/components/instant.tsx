import { useTranslation } from 'react-i18next';
import { formatInstant } from '../lib/format';

export function Instant({ at }: { at: string | null }) {
  const { t } = useTranslation();
  return at ? <time dateTime={at}>{formatInstant(at)}</time> : <>{t('states.unset')}</>;
}
