import { useTranslation } from 'react-i18next';
import type { CeremonyRecord } from '../api/types';

/** What a screen reader is told when the ceremony has moved on: one sentence. */
export function useSpoken({ ceremony }: CeremonyRecord): string {
  const { t } = useTranslation();
  if (!ceremony) return t('wall.say.none');
  const departments = ceremony.contributions.filter((one) => one.name !== null);
  const all = departments.length;
  switch (ceremony.phase) {
    case 'sealing':
      return t('wall.say.sealing', { done: departments.filter((one) => one.seal !== null).length, all });
    case 'revealing':
      return t('wall.say.revealing', { done: departments.filter((one) => one.value !== null).length, all });
    case 'public-value': {
      const last = ceremony.publicValues.flatMap((one) => one.rounds).at(-1);
      if (last?.outcome === 'pending') return t('wall.say.publicPending');
      return t(last?.outcome === 'differing' ? 'wall.say.publicDiffering' : 'wall.say.publicWaiting');
    }
    case 'ready':
      return t('wall.say.ready');
    case 'drawn':
      return t('wall.say.drawn', { n: ceremony.visits });
    case 'void':
      return t('wall.say.void', { reason: ceremony.voidReason ?? '' });
  }
}
