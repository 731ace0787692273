import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, newIdempotencyKey } from '../../../api/client';
import type { AmendmentRequest } from '../../../api/types';

/** Asks for a change after the draw, and says that it now waits for its approval. */
export function useRequest(code: string, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [key, setKey] = useState(newIdempotencyKey);
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
    onSettled: () => setKey(newIdempotencyKey()),
  });
}
