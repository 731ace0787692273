import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { problemText } from '../lib/problem-text';

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
  className?: string;
}

/** Says what went wrong in the API's own words, and offers to try again. */
export function ProblemAlert({ error, onRetry, className }: Props) {
  const { t } = useTranslation();
  if (!error) return null;
  const requestId = error instanceof Problem && error.status >= 500 ? error.requestId : null;
  return (
    <div className={className}>
      <Alert
        type="error"
        showIcon
        title={problemText(error, t)}
        {...(requestId ? { description: t('problem.requestId', { id: requestId }) } : {})}
        {...(onRetry ? { action: <Button onClick={onRetry}>{t('actions.retry')}</Button> } : {})}
      />
    </div>
  );
}
