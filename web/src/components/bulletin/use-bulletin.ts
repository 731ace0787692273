import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';
import { useIntention } from '../../lib/use-intention';
import type { Bulletin } from '../../api/types';

export const useBulletin = (number: string) =>
  useQuery({
    queryKey: ['bulletin', number],
    queryFn: () => answerOf(api.GET('/api/v1/bulletins/{number}', { params: { path: { number } } })),
  });

/** A change of a bulletin; what it has become is shown at once. */
export function useBulletinChange<T>(
  send: (fields: T, key: string) => Promise<Bulletin>,
  onDone: (bulletin: Bulletin) => void,
) {
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (fields: T) => send(fields, key),
    onSuccess: async (bulletin) => {
      client.setQueryData(['bulletin', bulletin.number], bulletin);
      onDone(bulletin);
      await client.invalidateQueries({ queryKey: ['bulletins'] });
    },
    onSettled: settle,
  });
}
