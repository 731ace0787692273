import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DocumentTemplate } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ProblemAlert } from '../problem-alert';

interface Props {
  template: DocumentTemplate;
  whose: string;
  onLoad: (version: number, body: string) => void;
}

/** The versions of one's own: each can be looked at, and be used again. */
export function TemplateVersions({ template, whose, onLoad }: Props) {
  const { t } = useTranslation();
  const load = useMutation({
    mutationFn: (version: number) =>
      answerOf(
        api.GET('/api/v1/document-templates/{kind}/versions/{version}', {
          params: {
            path: { kind: template.kind, version },
            query: whose === 'city' ? {} : { department: whose },
          },
        }),
      ),
    onSuccess: ({ version, body }) => onLoad(version, body ?? ''),
  });
  if (template.versions.length === 0) return <p className="muted">{t('templates.noVersions')}</p>;
  return (
    <>
      <ProblemAlert error={load.error} />
      <ul className="row-list">
        {template.versions.map((one) => (
          <li key={one.version}>
            <div className="row-head">
              <strong>
                {t(one.isReset ? 'templates.resetVersion' : 'templates.version', { n: one.version })}
              </strong>
              {!one.isReset && (
                <Button size="small" loading={load.isPending} onClick={() => load.mutate(one.version)}>
                  {t('templates.load')}
                </Button>
              )}
            </div>
            <div className="muted small">
              {one.by} · {formatInstant(one.at)}
            </div>
            <div className="small">{one.note}</div>
          </li>
        ))}
      </ul>
    </>
  );
}
