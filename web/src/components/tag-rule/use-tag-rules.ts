import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

export const TAG_RULES_KEY = ['tag-rules'];

export const useTagRules = () =>
  useQuery({ queryKey: TAG_RULES_KEY, queryFn: () => answerOf(api.GET('/api/v1/tag-rules')) });
