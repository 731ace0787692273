import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '../api/problem';
import { Failure } from '../components/open-parts';
import { useTitle } from '../lib/use-title';

interface Props {
  error: unknown;
  onRetry: () => void;
  /** Where to look for what is there. */
  list: { to: string; text: string };
}

/** In place of a page: what it is about is not there, which no second attempt changes, or could not be read. */
export function PageFailure({ error, onRetry, list }: Props) {
  const { t } = useTranslation();
  const isMissing = error instanceof Problem && error.status === 404;
  useTitle(isMissing ? t('problem.pageMissing') : t('problem.title'));
  if (!isMissing) return <Failure error={error} onRetry={onRetry} />;
  return (
    <>
      <h1>{t('problem.pageMissing')}</h1>
      <p className="lead">{error.message}</p>
      <p>
        <Link to={list.to}>{list.text}</Link>
      </p>
    </>
  );
}
