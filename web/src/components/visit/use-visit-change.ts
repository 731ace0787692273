import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { VisitDetail } from '../../api/types';
import { useIntention } from '../../lib/use-intention';

interface Change<Given> {
  /** `key` stays the same until it is known what became of it. */
  send: (given: Given, key: string) => Promise<VisitDetail>;
  /** What is said once it is done. */
  done: string;
  onDone?: () => void;
}

/** What somebody asks of a visit, which is answered with the visit as it is then, and concerns people's tasks. */
export function useVisitChange<Given = void>(visitId: number, { send, done, onDone }: Change<Given>) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (given: Given) => send(given, key),
    onSuccess: async (after) => {
      void message.success(done);
      client.setQueryData(['visit', visitId], after);
      onDone?.();
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onSettled: settle,
  });
}
