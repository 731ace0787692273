import { useTranslation } from 'react-i18next';
import type { VisitDetail, VisitPapers } from '../../api/types';
import { formatInstant } from '../../lib/format';
import '../a4-sheet.css';
import { FactRows } from '../fact-rows';
import { frequencyText } from './frequency-note';
import './notice-sheet.css';

interface Props {
  visit: VisitDetail;
  papers: VisitPapers;
  approval: VisitDetail['approvals'][number];
}

/** One department's inspection of one entity, as its head approves it (行政检查审批表, 国办发〔2024〕54号). */
export function ApprovalSheet({ visit, papers, approval }: Props) {
  const { t } = useTranslation();
  const { campaign, entity, day, part, window: period, visitsOfYear } = papers;
  const own = papers.departments.find((one) => one.department.code === approval.department.code);
  const methods = visit.items
    .filter((one) => one.department.code === approval.department.code)
    .flatMap((one) => one.methods);
  const when = day && `${day}${part ? ` ${t(`visitDay.parts.${part}`)}` : ''}`;
  return (
    <section className="minutes forms-sheet">
      <h1>{t('approvalSheet.title')}</h1>
      <p className="minutes-number">
        {t('approvalSheet.number', {
          campaign: campaign.code,
          number: papers.number,
          department: approval.department.code,
        })}
      </p>
      <table className="minutes-facts">
        <tbody>
          <FactRows
            rows={[
              [t('approvalSheet.department'), own?.department.name ?? approval.department.name],
              [t('approvalSheet.campaign'), campaign.name],
              [t('approvalSheet.entity'), entity.name],
              [t('noticeSheet.creditCode'), entity.creditCode],
              [t('noticeSheet.address'), entity.address],
              [t('approvalSheet.time'), when ?? t('approvalSheet.window', period)],
              [
                t('approvalSheet.methods'),
                [...new Set(methods)].map((one) => t(`open.methods.${one}`)).join('、'),
              ],
              [
                t('approvalSheet.count'),
                visitsOfYear.cap === null
                  ? t('approvalSheet.countOpen', { year: visitsOfYear.year, visits: visitsOfYear.visits })
                  : t('approvalSheet.countText', { ...visitsOfYear, cap: visitsOfYear.cap }),
              ],
              [
                t('approvalSheet.frequency'),
                visit.frequency.map((one) => frequencyText(one, true, t)).join(' ') ||
                  t('approvalSheet.none2'),
              ],
            ]}
          />
        </tbody>
      </table>
      <h2>{t('approvalSheet.items')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('noticeSheet.item')}</th>
            <th>{t('noticeSheet.bases')}</th>
          </tr>
        </thead>
        <tbody>
          {own?.items.map((item) => (
            <tr key={item.code}>
              <td>{item.name}</td>
              <td>{item.bases.join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('approvalSheet.inspectors')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('noticeSheet.name')}</th>
            <th>{t('noticeSheet.certificate')}</th>
          </tr>
        </thead>
        <tbody>
          {own?.inspectors.map((one) => (
            <tr key={one.code}>
              <td>{one.name}</td>
              <td>{one.certificate}</td>
            </tr>
          ))}
          {own?.inspectors.length === 0 && (
            <tr>
              <td colSpan={2}>{t('approvalSheet.noTeam')}</td>
            </tr>
          )}
        </tbody>
      </table>
      <h2>{t('approvalSheet.reason')}</h2>
      <p>{t('approvalSheet.reasonText', { campaign: campaign.name })}</p>
      <div className="minutes-together">
        <h2>{t('approvalSheet.opinion')}</h2>
        <table className="minutes-facts">
          <tbody>
            <FactRows
              rows={[
                [t('approvalSheet.state'), t(`approvalSheet.${approval.state}`)],
                [t('approvalSheet.note'), approval.note],
                [t('approvalSheet.by'), approval.decidedBy ?? ''],
                [t('approvalSheet.at'), approval.decidedAt ? formatInstant(approval.decidedAt) : ''],
              ]}
            />
          </tbody>
        </table>
        <div className="minutes-signatures">
          <p>
            {t('approvalSheet.handler')} <span className="minutes-line" />
          </p>
          <p>
            {t('approvalSheet.head')} <span className="minutes-line" />
          </p>
        </div>
        <p className="minutes-foot">{t('approvalSheet.electronic')}</p>
      </div>
    </section>
  );
}
