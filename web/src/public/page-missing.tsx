import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { useTitle } from '../lib/use-title';
import { problemText } from '../lib/problem-text';

export function PageMissing() {
  const { t } = useTranslation();
  useTitle(t('problem.pageMissing'));
  return (
    <main className="page">
      <h1>{t('problem.pageMissing')}</h1>
      <p>
        <Link to="/">{t('actions.back')}</Link>
      </p>
    </main>
  );
}

/** Shown where a page failed to load or to draw itself: a new release, a lost connection, or a fault of ours. */
export function PageCrashed() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <main className="page" role="alert">
      <h1>{problemText(error, t)}</h1>
      <button type="button" className="plain-button" onClick={() => window.location.reload()}>
        {t('actions.retry')}
      </button>
    </main>
  );
}
