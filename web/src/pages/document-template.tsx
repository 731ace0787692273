import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { DocumentKind } from '../api/types';
import { TemplateEditor } from '../components/documents/template-editor';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';

/** One kind of document: its template, what it can name, its versions. */
export function DocumentTemplatePage() {
  const { t, i18n } = useTranslation();
  const kind = (useParams().kind ?? '') as DocumentKind;
  const whose = useSearchParams()[0].get('department') ?? 'city';
  const department = whose === 'city' ? null : whose;
  const query = useQuery({
    queryKey: ['document-template', kind, whose],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/document-templates/{kind}', {
          params: { path: { kind }, query: department === null ? {} : { department } },
        }),
      ),
  });
  const name = query.data && (i18n.language === 'en' ? query.data.en : query.data.zh);
  useTitle(name);
  return (
    <>
      <p>
        <Link to={`/document-templates?department=${whose}`}>← {t('templates.back')}</Link>
      </p>
      <Loaded query={query}>
        {(template) => (
          // A version that was saved meanwhile begins the editor anew.
          <TemplateEditor
            key={`${kind}/${whose}/${template.newest}`}
            template={template}
            name={name ?? ''}
            whose={whose}
          />
        )}
      </Loaded>
    </>
  );
}
