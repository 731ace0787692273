import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

export const useOrder = (number: string) =>
  useQuery({
    queryKey: ['urging-order', number],
    queryFn: () => answerOf(api.GET('/api/v1/urging-orders/{number}', { params: { path: { number } } })),
  });
