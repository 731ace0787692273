import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n';

/** A form, so that the public pages can be read in either language without JavaScript. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <form
      method="get"
      className="language"
      onSubmit={(event) => {
        event.preventDefault();
        void setLanguage(other);
      }}
    >
      <button type="submit" name="lang" value={other} className="plain-button" lang={other}>
        {t('language.switchTo')}
      </button>
    </form>
  );
}
