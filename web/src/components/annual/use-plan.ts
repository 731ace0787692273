import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';
import type { AnnualPlan } from '../../api/types';
import { useIntention } from '../../lib/use-intention';

const planKey = (year: number) => ['annual-plan', year];

export const useAnnualPlan = (year: number) =>
  useQuery({
    queryKey: planKey(year),
    queryFn: () => answerOf(api.GET('/api/v1/annual-plans/{year}', { params: { path: { year } } })),
  });

export const useAdvice = (year: number) =>
  useQuery({
    queryKey: ['annual-advice', year],
    queryFn: () => answerOf(api.GET('/api/v1/annual-plans/{year}/advice', { params: { path: { year } } })),
  });

/** A change of the plan: its answer is the plan as it is now, and what was advised is looked at anew. */
export function usePlanChange<T>(
  year: number,
  change: (fields: T, key: string) => Promise<AnnualPlan>,
  onDone: () => void = () => undefined,
) {
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (fields: T) => change(fields, key),
    onSettled: settle,
    onSuccess: (plan) => {
      client.setQueryData(planKey(year), plan);
      void client.invalidateQueries({ queryKey: ['annual-advice', year] });
      void client.invalidateQueries({ queryKey: ['annual-plans'] });
      onDone();
    },
  });
}
