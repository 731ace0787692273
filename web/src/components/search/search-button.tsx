import { SearchOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/types';
import type { OfficeLink } from '../shell/use-office-links';

const SearchPalette = lazy(async () => ({ default: (await import('./search-palette')).SearchPalette }));

/** Looks like a field and opens the search, as Ctrl-K does everywhere (⌘K on a Mac). */
export function SearchButton({ me, links }: { me: Me; links: OfficeLink[] }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setIsOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <button
        type="button"
        className="search-button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        onClick={() => setIsOpen(true)}
      >
        <SearchOutlined aria-hidden />
        <span className="search-hint">{t('search.openHint')}</span>
        <kbd className="search-hint">Ctrl K</kbd>
      </button>
      {isOpen && (
        <Suspense>
          <SearchPalette me={me} links={links} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
