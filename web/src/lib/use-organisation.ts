import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';

const LONG = 10 * 60_000;

export const useRegions = () =>
  useQuery({
    queryKey: ['regions'],
    staleTime: LONG,
    queryFn: async () => (await answerOf(api.GET('/api/v1/regions'))).rows,
  });

export const useTags = () =>
  useQuery({
    queryKey: ['tags'],
    staleTime: LONG,
    queryFn: async () => (await answerOf(api.GET('/api/v1/tags'))).rows,
  });

export const useDepartments = () =>
  useQuery({
    queryKey: ['departments'],
    staleTime: LONG,
    queryFn: async () => (await answerOf(api.GET('/api/v1/departments'))).rows,
  });

/** A department by its name; by its code as long as the names are not there. */
export function useDepartmentName(): (code: string) => string {
  const { data } = useDepartments();
  return (code) => data?.find((one) => one.code === code)?.name ?? code;
}
