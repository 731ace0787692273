import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { zh } from './zh';
import type { publicTexts } from './zh/public';

export type Language = 'zh-CN' | 'en';

/** What a part of the site has of texts: Chinese in its first load, another language when somebody asks for it. */
interface Texts<T> {
  chinese: T;
  loadEnglish: () => Promise<object>;
}

const STORED_AS = 'onevisit.language';
/** The same for the server, which writes the public pages (api/pages/language.ts): over HTTPS no neighbour can set it. */
const COOKIE = 'onevisit_language';
const YEAR_SECONDS = 31_536_000;

let loadEnglish: (() => Promise<object>) | null = null;

/** `language`: that of a page which the server has written already. */
export async function startI18n(
  texts: Texts<typeof zh | typeof publicTexts>,
  language: Language = storedLanguage() ?? 'zh-CN',
): Promise<void> {
  ({ loadEnglish } = texts);
  await i18n.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: texts.chinese } },
    interpolation: { escapeValue: false },
  });
  if (language === 'en') await changeLanguage('en');
}

export const storedLanguage = (): Language | null => {
  const stored = localStorage.getItem(STORED_AS);
  return stored === 'en' || stored === 'zh-CN' ? stored : null;
};

export async function setLanguage(language: Language): Promise<void> {
  await changeLanguage(language);
  localStorage.setItem(STORED_AS, language);
  const [prefix, suffix] = location.protocol === 'https:' ? ['__Host-', '; Secure'] : ['', ''];
  document.cookie = `${prefix}${COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${suffix}`;
}

async function changeLanguage(language: Language): Promise<void> {
  if (language === 'en' && loadEnglish && !i18n.hasResourceBundle('en', 'translation')) {
    i18n.addResourceBundle('en', 'translation', await loadEnglish());
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}
