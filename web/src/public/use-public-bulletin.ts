import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';

export const usePublicBulletin = (number: string) =>
  useQuery({
    queryKey: ['public-bulletin', number],
    queryFn: () => answerOf(api.GET('/api/v1/public/bulletins/{number}', { params: { path: { number } } })),
  });
