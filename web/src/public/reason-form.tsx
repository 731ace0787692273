import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenVisitNotice } from '../api/types';
import { problemText } from '../lib/problem-text';

interface Props {
  /** On the button that opens the form, and whom or what it concerns. */
  opens: string;
  about: string;
  label: string;
  hint?: string;
  longest: number;
  send: string;
  submit: (reason: string) => Promise<OpenVisitNotice>;
  onChange: (notice: OpenVisitNotice) => void;
  /** Fields beside the reason. */
  children?: ReactNode;
}

/** What an entity asks for on its notice's page, with a reason: a button, and the form that it opens. */
export function ReasonForm({ opens, about, label, hint, longest, send, submit, onChange, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const sending = useMutation({ mutationFn: () => submit(reason), onSuccess: onChange });
  if (!isOpen) {
    return (
      <button
        type="button"
        className="plain-button"
        aria-label={`${opens}：${about}`}
        onClick={() => setIsOpen(true)}
      >
        {opens}
      </button>
    );
  }
  return (
    <form
      className="open-form"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        required
        minLength={5}
        maxLength={longest}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {hint !== undefined && (
        <div id={`${id}-hint`} className="small muted">
          {hint}
        </div>
      )}
      {children}
      {sending.error !== null && (
        <p className="bad" role="alert">
          {problemText(sending.error, t)}
        </p>
      )}
      <div className="head-links">
        <button type="submit" className="button" disabled={sending.isPending}>
          {send}
        </button>
        <button type="button" className="plain-button" onClick={() => setIsOpen(false)}>
          {t('openNotice.cancel')}
        </button>
      </div>
    </form>
  );
}
