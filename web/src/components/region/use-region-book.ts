import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';
import type { RegionBook } from '../../api/types';

const KEY = ['region-codes'];

export const useRegionBook = () =>
  useQuery({ queryKey: KEY, queryFn: () => answerOf(api.GET('/api/v1/region-codes')) });

/** A change of the tree or of what moved; its answer is the whole as it is now. */
export function useRegionChange<T>(send: (asked: T) => Promise<RegionBook>, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (book) => {
      client.setQueryData(KEY, book);
      void client.invalidateQueries({ queryKey: ['regions'] });
      onDone();
    },
    onError: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRegionRetry(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/imports/{id}/region-retry', { params: { path: { id } } })),
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([KEY, ['imports']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
