import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { VisitPapers } from '../../api/types';
import { NoteAndDecide, type Decision } from '../note-and-decide';

interface Props {
  visitId: number;
  decide: (decision: Decision) => Promise<VisitPapers>;
  decided: string;
  hint: string;
  /** Of the note, and of both buttons. */
  label: string;
  accept: string;
  decline: string;
  noteNeeded: string;
}

/** The decision on what the entity of a visit asked for. */
export function DecideRequest({ visitId, decide, decided, hint, ...texts }: Props) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const decision = useMutation({
    mutationFn: decide,
    onSuccess: async (after) => {
      void message.success(decided);
      client.setQueryData(['visit-papers', visitId], after);
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return (
    <>
      <div className="muted small">{hint}</div>
      <NoteAndDecide {...texts} decision={decision} />
    </>
  );
}
