import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemText } from '../lib/problem-text';
import { useTitle } from '../lib/use-title';

/** `home`: where the part of the site that somebody is in begins. */
export function PageMissing({ home = '/' }: { home?: string }) {
  const { t } = useTranslation();
  useTitle(t('problem.pageMissing'));
  return (
    <>
      <h1>{t('problem.pageMissing')}</h1>
      <p>
        <Link to={home}>{t('actions.back')}</Link>
      </p>
    </>
  );
}

/** Shown where a page failed to load or to draw itself: a new release, a lost connection, or a fault of ours. */
export function PageCrashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <main className="page" role="alert">
      <h1>{problemText(error, t)}</h1>
      <button type="button" className="plain-button" onClick={() => window.location.reload()}>
        {t('actions.retry')}
      </button>
    </main>
  );
}
