import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="plain-button" lang={other} onClick={() => void setLanguage(other)}>
      {t('language.switchTo')}
    </button>
  );
}
