import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../../api/client';
import type { AmendmentRequest } from '../../../api/types';
import { useIntention } from '../../../lib/use-intention';

/** Asks for a change after the draw, and says that it now waits for its approval. */
export function useRequest(code: string, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (body: AmendmentRequest) =>
      answerOf(
        api.POST('/api/v1/campaigns/{code}/amendments', {
          params: { path: { code }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('amendments.sent'));
      onDone();
      await client.invalidateQueries({ queryKey: ['amendments', code] });
    },
    onSettled: settle,
  });
}
