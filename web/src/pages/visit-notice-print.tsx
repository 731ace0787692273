import { QRCodeSVG } from '@rc-component/qrcode';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { VisitPapers } from '../api/types';
import '../components/a4-sheet.css';
import { FileLinks } from '../components/documents/file-links';
import { IssuedNotice } from '../components/documents/issued-notice';
import { FactRows } from '../components/fact-rows';
import { Failure, Loading } from '../components/open-parts';
import { usePapers } from '../components/visit/use-papers';
import '../components/visit/notice-sheet.css';
import { today } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** The notice of an inspection on A4; its code is made when it is issued and is shown this once. */
export function VisitNoticePrint() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const id = Number(useParams().id);
  const { data: me } = useSession();
  const client = useQueryClient();
  const query = usePapers(id);
  useTitle(t('papers.notice'));
  const issue = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/visits/{id}/codes', { params: { path: { id } }, body: { purpose: 'notice' } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['visit-papers', id] }),
  });
  if (me === null) return <Navigate to={`/login?from=${encodeURIComponent(pathname)}`} replace />;
  const papers = query.data;
  return (
    <>
      <div className="minutes-bar">
        <Link to={`/visits/${id}`}>← {t('noticeSheet.back')}</Link>
        <span className="head-links">
          {papers?.mayIssue && !issue.data && (
            <button
              type="button"
              className="button"
              disabled={issue.isPending}
              onClick={() => issue.mutate()}
            >
              {t(papers.noticeIssuedAt ? 'noticeSheet.reissue' : 'noticeSheet.issue')}
            </button>
          )}
          {issue.data && <IssuedNotice visit={id} code={issue.data.code} />}
          {papers && !issue.data && (
            <FileLinks href={`/api/v1/visits/${id}/notice`} name={t('papers.notice')} />
          )}
          {papers && (
            <button type="button" className="button" onClick={() => window.print()}>
              {t('minutes.print')}
            </button>
          )}
        </span>
      </div>
      {issue.error && (
        <div className="minutes-bar">
          <Failure error={issue.error} onRetry={() => issue.mutate()} />
        </div>
      )}
      {papers ? (
        <Sheet papers={papers} issued={issue.data} />
      ) : (
        <main className="page">
          {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
        </main>
      )}
    </>
  );
}

function Sheet({
  papers,
  issued,
}: {
  papers: VisitPapers;
  issued: { code: string; url: string } | undefined;
}) {
  const { t } = useTranslation();
  const { entity, campaign, day, part, window: period, departments, visitsOfYear } = papers;
  const when = day && `${day}${part ? ` ${t(`visitDay.parts.${part}`)}` : ''}`;
  return (
    <main id="content" className="minutes">
      <h1>{t('papers.notice')}</h1>
      <p className="minutes-number">
        {t('noticeSheet.number', { campaign: campaign.code, number: papers.number })}
      </p>
      <p className="minutes-strong">{t('noticeSheet.to', { name: entity.name })}</p>
      <p>
        {when
          ? t('noticeSheet.intro', { campaign: campaign.name, day: when })
          : t('noticeSheet.introOpen', { campaign: campaign.name, ...period })}
      </p>
      <table className="minutes-facts">
        <tbody>
          <FactRows
            rows={[
              [t('noticeSheet.creditCode'), entity.creditCode],
              [t('noticeSheet.address'), entity.address],
            ]}
          />
        </tbody>
      </table>
      <h2>{t('noticeSheet.items')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('noticeSheet.department')}</th>
            <th>{t('noticeSheet.item')}</th>
            <th>{t('noticeSheet.bases')}</th>
          </tr>
        </thead>
        <tbody>
          {departments.map(({ department, items }) => (
            <Fragment key={department.code}>
              {items.map((item, at) => (
                <tr key={item.code}>
                  {at === 0 && <td rowSpan={items.length}>{department.name}</td>}
                  <td>{item.name}</td>
                  <td>{item.bases.join('、')}</td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <h2>{t('noticeSheet.inspectors')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('noticeSheet.department')}</th>
            <th>{t('noticeSheet.name')}</th>
            <th>{t('noticeSheet.certificate')}</th>
          </tr>
        </thead>
        <tbody>
          {departments.flatMap(({ department, inspectors }) =>
            inspectors.map((one) => (
              <tr key={one.code}>
                <td>{department.name}</td>
                <td>{one.name}</td>
                <td>{one.certificate}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <h2>{t('noticeSheet.count')}</h2>
      <p>
        {visitsOfYear.cap === null
          ? t('noticeSheet.countOpen', { year: visitsOfYear.year, visits: visitsOfYear.visits })
          : t('noticeSheet.countText', { ...visitsOfYear, cap: visitsOfYear.cap })}
      </p>
      <div className="minutes-together">
        <h2>{t('noticeSheet.rights')}</h2>
        <p>{t('noticeSheet.recusalRight')}</p>
        <p>{t('noticeSheet.otherRights')}</p>
        <div className="notice-code">
          {issued && <QRCodeSVG value={issued.url} size={108} level="M" title={t('noticeSheet.code')} />}
          <div>
            <div>
              {t('noticeSheet.code')}：
              <strong className="mono notice-letters">{issued?.code ?? t('noticeSheet.codePending')}</strong>
            </div>
            {issued && <div className="mono">{issued.url.split('#')[0]}</div>}
            <div className="minutes-foot">{t('noticeSheet.keep')}</div>
          </div>
        </div>
      </div>
      <div className="minutes-signatures notice-sign">
        <p>{departments.map((one) => one.department.name).join('、')}</p>
        <p>
          {t('noticeSheet.seal')} {today()}
        </p>
      </div>
    </main>
  );
}
