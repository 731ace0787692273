import { useSyncExternalStore } from 'react';

/** Whether a media query holds, now and when that changes. */
const useMedia = (query: MediaQueryList): boolean =>
  useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => query.matches,
  );

/** The same width as in styles.css. */
const narrow = window.matchMedia('(max-width: 767px)');
const still = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the page is as narrow as a phone, for what needs another shape there and not only another width. */
export const usePhone = (): boolean => useMedia(narrow);

/** Whether the person asked their device for less movement (WCAG 2.2, 2.3.3). */
export const useStillness = (): boolean => useMedia(still);
