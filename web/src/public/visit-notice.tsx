import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { Failure, Loading } from '../components/open-parts';
import { useTitle } from '../lib/use-title';
import { NoticePanels } from './visit-notice-panels';

/** What an entity sees with the code of its notice. The code stays behind the hash of the address: no server logs it. */
export function PublicVisitNotice() {
  const { t } = useTranslation();
  useTitle(t('openNotice.title'), t('openNotice.lead'));
  const [code, setCode] = useState('');
  const [notice, setNotice] = useState<OpenVisitNotice | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: string) =>
      answerOf(api.POST('/api/v1/public/visit-notice', { body: { code: wanted } })),
    onSuccess: setNotice,
  });
  useEffect(() => {
    const look = () => {
      const scanned = codeInAddress();
      setCode(scanned);
      setNotice(null);
      if (scanned !== '') mutate(scanned);
    };
    look();
    // A second scan into the same tab changes the hash alone.
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [mutate]);
  if (notice) {
    return (
      <>
        <NoticePanels code={code} notice={notice} onChange={setNotice} />
        <p>
          <Link to={`/public/${notice.campaign.code}`}>{t('openNotice.verify')}</Link>
        </p>
      </>
    );
  }
  return (
    <>
      <h1>{t('openNotice.title')}</h1>
      <p className="lead">{t('openNotice.lead')}</p>
      <noscript>
        <p className="note">{t('openPages.noticeWithoutScript')}</p>
      </noscript>
      {error && <Failure error={error} onRetry={() => mutate(code)} />}
      {isPending ? <Loading /> : <CodeForm code={code} onCode={setCode} onSend={() => mutate(code)} />}
    </>
  );
}

function CodeForm({
  code,
  onCode,
  onSend,
}: {
  code: string;
  onCode: (code: string) => void;
  onSend: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <form
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <label htmlFor={id} className="small muted">
        {t('openNotice.code')}
      </label>
      <div className="search-line">
        <input
          id={id}
          required
          maxLength={60}
          autoCapitalize="characters"
          autoComplete="off"
          placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
          value={code}
          onChange={(event) => onCode(event.target.value)}
        />
        <button type="submit" className="button">
          {t('openNotice.go')}
        </button>
      </div>
    </form>
  );
}

const codeInAddress = (): string => decodeURIComponent(window.location.hash.slice(1)).slice(0, 60);
