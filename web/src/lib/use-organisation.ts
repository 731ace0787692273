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

export const useIndustries = () =>
  useQuery({
    queryKey: ['industries'],
    staleTime: LONG,
    queryFn: async () => (await answerOf(api.GET('/api/v1/industries'))).rows,
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

/** A region by its name; by its code as long as the names are not there. */
export function useRegionName(): (code: string) => string {
  const { data } = useRegions();
  return (code) => data?.find((one) => one.code === code)?.name ?? code;
}

/** A tag by its label. */
export function useTagLabel(): (tag: string) => string {
  const { data } = useTags();
  return (tag) => data?.find((one) => one.tag === tag)?.label ?? tag;
}
