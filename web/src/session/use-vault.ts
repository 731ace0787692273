import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { toldOfDrafts } from '../lib/outbox/drafts';
import { openVault } from '../lib/vault';

/** Opens what this browser keeps for the person: pages that read it wait for that. */
export const useVault = (userId: number | undefined) =>
  useQuery({
    queryKey: ['vault', userId],
    enabled: userId !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async () => {
      const { key } = await answerOf(api.GET('/api/v1/account/browser-key'));
      await openVault(userId ?? 0, key, toldOfDrafts);
      return true;
    },
  });
