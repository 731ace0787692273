import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { problemText } from '../lib/problem-text';

interface Props {
  code: string;
  item: { code: string; name: string };
  onChange: (notice: OpenVisitNotice) => void;
}

/** The entity's objection to the result of one item. */
export function ObjectionForm({ code, item, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [contact, setContact] = useState('');
  const object = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/public/visit-notice/objection', {
          body: { code, item: item.code, reason, contact },
        }),
      ),
    onSuccess: onChange,
  });
  if (!isOpen) {
    return (
      <button
        type="button"
        className="plain-button"
        aria-label={`${t('objection.object')}：${item.name}`}
        onClick={() => setIsOpen(true)}
      >
        {t('objection.object')}
      </button>
    );
  }
  return (
    <form
      className="open-form"
      onSubmit={(event) => {
        event.preventDefault();
        object.mutate();
      }}
    >
      <label htmlFor={id}>{t('objection.reason', { item: item.name })}</label>
      <textarea
        id={id}
        rows={4}
        required
        minLength={5}
        maxLength={1000}
        aria-describedby={`${id}-hint`}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div id={`${id}-hint`} className="small muted">
        {t('objection.reasonHint')}
      </div>
      <label htmlFor={`${id}-contact`}>{t('objection.contact')}</label>
      <input
        id={`${id}-contact`}
        maxLength={40}
        autoComplete="off"
        value={contact}
        onChange={(event) => setContact(event.target.value)}
      />
      {object.error !== null && (
        <p className="bad" role="alert">
          {problemText(object.error, t)}
        </p>
      )}
      <div className="head-links">
        <button type="submit" className="button" disabled={object.isPending}>
          {t('objection.send')}
        </button>
        <button type="button" className="plain-button" onClick={() => setIsOpen(false)}>
          {t('openNotice.cancel')}
        </button>
      </div>
    </form>
  );
}
