import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../../api/client';
import { useTitle } from '../../lib/use-title';
import { Failure, Loading } from '../open-parts';
import { FormSheet } from './form-sheet';

/** The check form of an item, or of one of its versions, to be printed and filled in by hand. */
export function FormPrint({ isPublic = false }: { isPublic?: boolean }) {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const version = useSearchParams()[0].get('version');
  const params = { path: { code } };
  // The same keys as the item's own pages: who comes from there has it already.
  const query = useQuery({
    queryKey: [isPublic ? 'public-item' : 'item-versions', code],
    queryFn: () =>
      isPublic
        ? answerOf(api.GET('/api/v1/public/items/{code}', { params }))
        : answerOf(api.GET('/api/v1/items/{code}/versions', { params })),
  });
  const rows = query.data?.rows;
  const item = version === null ? rows?.[0] : rows?.find((one) => String(one.version) === version);
  useTitle(item && `${t('items.form')} ${item.code}`);
  return (
    <>
      <p className="minutes-bar">
        <Link to={`${isPublic ? '/public' : ''}/items/${code}`}>← {t('items.sheet.back')}</Link>
        {item && (
          <button type="button" className="button" onClick={() => window.print()}>
            {t('minutes.print')}
          </button>
        )}
      </p>
      {item ? <FormSheet item={item} /> : <main className="page">{missing()}</main>}
    </>
  );

  function missing() {
    if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
    return rows ? <p className="lead">{t('items.sheet.noVersion', { code, version })}</p> : <Loading />;
  }
}
