import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

export const POLICIES_KEY = ['ratio-policies'];

export const usePolicies = () =>
  useQuery({
    queryKey: POLICIES_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/ratio-policies')),
  });

type Known = NonNullable<ReturnType<typeof usePolicies>['data']>;

/** Per cent by class, of the version in force or the preset. */
export function cityRatios({ rows, preset }: Known): Record<'A' | 'B' | 'C' | 'D', number> {
  const own = (rows.find((one) => one.inForce)?.rows ?? preset).filter((row) => row.region === null);
  const of = (drawClass: string) => (own.find((row) => row.drawClass === drawClass)?.ratioPpm ?? 0) / 10_000;
  return { A: of('A'), B: of('B'), C: of('C'), D: of('D') };
}
