import { useTranslation } from 'react-i18next';
import type { KeyScope } from '../../api/types';

/** What a scope opens, in the language of the page; the words come with the list of keys. */
export function useScopeName(scopes: readonly KeyScope[]): (scope: KeyScope['scope']) => string {
  const { i18n } = useTranslation();
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (scope) => scopes.find((one) => one.scope === scope)?.[language] ?? scope;
}
