import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { saveFile } from '../../lib/save-file';
import { problemText } from '../../lib/problem-text';

interface Props {
  visit: number;
  /** Known only as long as the page stays open. */
  code: string;
}

/** The notice with the code that it has just been given, as files. */
export function IssuedNotice({ visit, code }: Props) {
  const { t } = useTranslation();
  const fetching = useMutation({
    mutationFn: async (format: 'pdf' | 'docx') => {
      const file = await answerOf(
        api.POST('/api/v1/visits/{id}/notice', {
          ...{ params: { path: { id: visit } }, body: { format, code }, parseAs: 'blob' },
        }),
      );
      saveFile(`${t('papers.notice')}-${visit}.${format}`, file);
    },
  });
  return (
    <>
      {(['pdf', 'docx'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          disabled={fetching.isPending}
          onClick={() => fetching.mutate(format)}
        >
          {t('documents.withCode', { format: format.toUpperCase() })}
        </button>
      ))}
      {fetching.error && <span role="alert">{problemText(fetching.error, t)}</span>}
    </>
  );
}
