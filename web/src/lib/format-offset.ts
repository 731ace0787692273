import type { TFunction } from 'i18next';

/** Working days from the due date, in words. */
export function formatOffset(t: TFunction, offset: number): string {
  if (offset === 0) return t('deadlinePolicy.onDay');
  return offset < 0 ? t('deadlinePolicy.before', { n: -offset }) : t('deadlinePolicy.after', { n: offset });
}
