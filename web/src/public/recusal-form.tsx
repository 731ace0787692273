import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { problemText } from '../lib/problem-text';

interface Props {
  code: string;
  inspector: { code: string; name: string };
  onChange: (notice: OpenVisitNotice) => void;
}

/** The entity's right to ask that an inspector stay away, with a reason. */
export function RecusalForm({ code, inspector, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/public/visit-notice/recusal', {
          body: { code, inspector: inspector.code, reason },
        }),
      ),
    onSuccess: onChange,
  });
  if (!isOpen) {
    return (
      <button
        type="button"
        className="plain-button"
        aria-label={`${t('openNotice.ask')}：${inspector.name}`}
        onClick={() => setIsOpen(true)}
      >
        {t('openNotice.ask')}
      </button>
    );
  }
  return (
    <form
      className="open-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <label htmlFor={id}>{t('openNotice.askReason', { name: inspector.name })}</label>
      <textarea
        id={id}
        rows={3}
        required
        minLength={5}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {ask.error !== null && (
        <p className="bad" role="alert">
          {problemText(ask.error, t)}
        </p>
      )}
      <div className="head-links">
        <button type="submit" className="button" disabled={ask.isPending}>
          {t('openNotice.send')}
        </button>
        <button type="button" className="plain-button" onClick={() => setIsOpen(false)}>
          {t('openNotice.cancel')}
        </button>
      </div>
    </form>
  );
}
