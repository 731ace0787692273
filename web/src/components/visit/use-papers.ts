import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

/** What the papers of a visit say, and the trace of the visit. */
export const usePapers = (id: number) =>
  useQuery({
    queryKey: ['visit-papers', id],
    queryFn: () => answerOf(api.GET('/api/v1/visits/{id}/papers', { params: { path: { id } } })),
  });
