import { createContext, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Who writes a page's head where there is no browser: told of its title, and what it is about in a sentence. */
export const HeadContext = createContext<((title: string, description: string | undefined) => void) | null>(
  null,
);

/** Names the page in the browser's tab, for screen readers, and where the server writes it, for search engines. */
export function useTitle(title: string | null | undefined, description?: string): void {
  const { t } = useTranslation();
  const tell = useContext(HeadContext);
  const product = t('product');
  const whole = title ? `${title} · ${product}` : product;
  tell?.(whole, description);
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}
