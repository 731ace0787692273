import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { zh } from './zh';

export type Language = 'zh-CN' | 'en';

const STORED_AS = 'onevisit.language';

/** Chinese is in the first load; another language is fetched when somebody asks for it. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh } },
    interpolation: { escapeValue: false },
  });
  if (localStorage.getItem(STORED_AS) === 'en') await setLanguage('en');
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en');
    i18n.addResourceBundle('en', 'translation', en);
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(STORED_AS, language);
}
