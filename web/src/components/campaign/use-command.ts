import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Command } from '../../api/types';
import { useIntention } from '../../lib/use-intention';

/** A command with what it takes. */
export type Order =
  | { command: 'submit' | 'approve' | 'freeze' | 'draw' | 'dispatch' | 'publish' | 'close' }
  | { command: 'return' | 'cancel'; body: { reason: string } }
  | { command: 'seal'; body: { department: string; seal: string } }
  | { command: 'reveal'; body: { department: string; value: string } }
  | { command: 'recordPublicValue'; body: PublicEntry };

interface PublicEntry {
  contributor: string;
  value: string;
  number?: string;
  on?: string;
  source?: string;
}

function send(code: string, key: string, order: Order) {
  const params = { path: { code }, header: { 'Idempotency-Key': key } };
  switch (order.command) {
    case 'submit':
      return api.POST('/api/v1/campaigns/{code}/submit', { params });
    case 'approve':
      return api.POST('/api/v1/campaigns/{code}/approve', { params });
    case 'freeze':
      return api.POST('/api/v1/campaigns/{code}/freeze', { params });
    case 'draw':
      return api.POST('/api/v1/campaigns/{code}/draw', { params });
    case 'dispatch':
      return api.POST('/api/v1/campaigns/{code}/dispatch', { params });
    case 'publish':
      return api.POST('/api/v1/campaigns/{code}/publish', { params });
    case 'close':
      return api.POST('/api/v1/campaigns/{code}/close', { params });
    case 'return':
      return api.POST('/api/v1/campaigns/{code}/return', { params, body: order.body });
    case 'cancel':
      return api.POST('/api/v1/campaigns/{code}/cancel', { params, body: order.body });
    case 'seal':
      return api.POST('/api/v1/campaigns/{code}/seal', { params, body: order.body });
    case 'reveal':
      return api.POST('/api/v1/campaigns/{code}/reveal', { params, body: order.body });
    case 'recordPublicValue':
      return api.POST('/api/v1/campaigns/{code}/public-value', { params, body: order.body });
  }
}

/** Gives a command once, says how it went and reads again what it changed. */
export function useCommand(code: string, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (order: Order) => answerOf(send(code, key, order)),
    onSuccess: async (outcome, { command }) => {
      void message.success(outcome.note ?? doneText(command));
      onDone();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });

  function doneText(command: Command): string {
    return t('dialog.done', { command: t(`commands.${command}`) });
  }
}
