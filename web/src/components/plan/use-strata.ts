import { useQuery } from '@tanstack/react-query';
import { Form, type FormInstance } from 'antd';
import { useEffect, useMemo } from 'react';
import { answerOf, api } from '../../api/client';
import { CLASSES, type PlanFields } from './plan-fields';

/**
 * The strata of a plan in the regions that its form names. Ratios that nobody has touched follow the policy for these
 * regions; those that a campaign has already stay.
 */
export function useStrata(form: FormInstance<PlanFields>, initial: Partial<PlanFields>): readonly string[] {
  const regions = (Form.useWatch('regions', form) as string[] | undefined) ?? initial.regions ?? [];
  const isNew = initial.name === undefined;
  const { data } = useQuery({
    queryKey: ['policy-strata', [...regions].sort()],
    enabled: regions.length > 0,
    placeholderData: (before) => before,
    queryFn: () =>
      answerOf(api.GET('/api/v1/ratio-policies/strata', { params: { query: { regions: regions.join() } } })),
  });
  useEffect(() => {
    for (const { stratum, ratioPpm } of data?.rows ?? []) {
      const isOwn =
        form.isFieldTouched(['ratios', stratum]) || (!isNew && initial.ratios?.[stratum] !== undefined);
      if (!isOwn) form.setFieldValue(['ratios', stratum], ratioPpm / 10_000);
    }
  }, [data, form, initial, isNew]);
  return useMemo(() => data?.rows.map(({ stratum }) => stratum) ?? CLASSES, [data]);
}
