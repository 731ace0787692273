import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';
import type { TagRuleSave } from '../../api/types';

export const TAG_RULES_KEY = ['tag-rules'];

export const isUnderWay = ({ status }: TagRuleSave): boolean => status === 'waiting' || status === 'running';

/** Every rule, and what became of the save that was ordered last, whoever ordered it. */
export const useTagRules = () =>
  useQuery({
    queryKey: TAG_RULES_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/tag-rules')),
    refetchInterval: ({ state }) => {
      const save = state.data?.lastSave;
      return save && isUnderWay(save) ? 1_000 : 15_000;
    },
  });
