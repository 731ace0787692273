import { useSyncExternalStore } from 'react';

/** The same width as in styles.css. */
const query = window.matchMedia('(max-width: 767px)');

function subscribe(onChange: () => void): () => void {
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** Whether the page is as narrow as a phone, for what needs another shape there and not only another width. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
