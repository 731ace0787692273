import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { VisitDetail } from '../api/types';
import { HandlingCases } from '../components/handling-cases';
import { EvidenceList } from '../components/evidence/evidence-list';
import { WaitingFile } from '../components/evidence/waiting-file';
import { Loaded } from '../components/loaded';
import { Masked } from '../components/masked';
import { Answer } from '../components/visit/answer';
import { AskChanges, PublicationState } from '../components/visit/ask-changes';
import { CorrectionsCard } from '../components/visit/corrections-card';
import { ResultsForm } from '../components/visit/results-form';
import { FrequencyNote } from '../components/visit/frequency-note';
import { PapersCard } from '../components/visit/papers-card';
import { VisitApprovals } from '../components/visit/visit-approvals';
import { VisitDayCard } from '../components/visit/visit-day-card';
import { VisitState } from '../components/visit/visit-state';
import { VisitGaps, VisitTeams } from '../components/visit/visit-teams';
import { usePendingFiles } from '../lib/outbox/use-files';
import { formatInstant } from '../lib/format';
import { isViolation, resultLabel } from '../lib/results';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** One entity's one visit, made for a phone held in the hand on site. */
export function VisitPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const query = useQuery({
    queryKey: ['visit', id],
    queryFn: () => answerOf(api.GET('/api/v1/visits/{id}', { params: { path: { id } } })),
    // A page that is being filled in must not change under the hand.
    refetchOnWindowFocus: false,
  });
  const visit = query.data;
  useTitle(visit && t('visit.title', { number: visit.number, name: visit.entity.name }));
  return (
    <div className="narrow">
      <Loaded query={query}>{(visit) => <Content visit={visit} />}</Loaded>
    </div>
  );
}

function Content({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const others = visit.items.filter((one) => !visit.maySubmit.includes(one.item.code));
  return (
    <>
      <div className="page-head">
        <h1>{t('visit.title', { number: visit.number, name: visit.entity.name })}</h1>
        <VisitState visit={visit} />
      </div>
      {visit.changes.length > 0 && (
        <Alert
          type="warning"
          className="gap-below"
          title={t('visit.changed')}
          description={visit.changes.map((change) => (
            <div key={change}>{change}</div>
          ))}
        />
      )}
      <Card className="gap-below">
        <Descriptions
          size="small"
          column={1}
          items={[
            {
              key: 'campaign',
              label: t('visit.campaign'),
              children: <Link to={`/campaigns/${visit.campaign.code}`}>{visit.campaign.name}</Link>,
            },
            {
              key: 'code',
              label: t('visit.creditCode'),
              children: <span className="mono">{visit.entity.creditCode}</span>,
            },
            { key: 'address', label: t('visit.address'), children: visit.entity.address },
            { key: 'contact', label: t('registry.contact'), children: <Contact visit={visit} /> },
            { key: 'phone', label: t('registry.contactPhone'), children: <ContactPhone visit={visit} /> },
            {
              key: 'inspectors',
              label: t('visit.inspectors'),
              children: (
                <div>
                  <VisitTeams visit={visit} />
                  <VisitGaps visit={visit} />
                </div>
              ),
            },
            { key: 'day', label: t('visit.visitOn'), children: visit.visitOn ?? t('states.unset') },
          ]}
        />
      </Card>
      {!visit.needsVisit && (
        <Alert
          type="info"
          className="gap-below"
          title={t(visit.finishedAt ? 'visitMethod.settled' : 'visitMethod.offSite')}
        />
      )}
      <FrequencyNote warnings={visit.frequency} planned />
      <VisitApprovals visit={visit} />
      <VisitDayCard visit={visit} />
      <PapersCard visit={visit} />
      <CorrectionsCard visit={visit} />
      {(visit.corrections.some((one) => one.status === 'approved') ||
        visit.items.some((one) => one.resultCode !== null && isViolation(one.resultCode))) && (
        <div className="gap-below">
          <HandlingCases of={{ visit: visit.id }} />
        </div>
      )}
      {visit.maySubmit.length > 0 && me ? (
        <>
          <h2>{t('visit.mine')}</h2>
          {/* A new form where the items to be filled in are others: nothing of the sent ones lingers. */}
          <ResultsForm key={visit.maySubmit.join()} visit={visit} userId={me.id} />
        </>
      ) : (
        <p className="muted">{t(emptyText(visit))}</p>
      )}
      {others.length > 0 && (
        <Card className="gap-above" title={t(visit.maySubmit.length > 0 ? 'visit.others' : 'campaign.items')}>
          <ul className="row-list">
            {others.map((one) => (
              <ItemState key={one.item.code} item={one} visit={visit} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Contact({ visit: { contact, entity } }: { visit: VisitDetail }) {
  return (
    <Masked
      {...{ record: 'entity', id: entity.creditCode, field: 'contactName' }}
      {...{ value: contact.name, sight: contact.sight }}
    />
  );
}

/** Called by a tap where it is shown. */
function ContactPhone({ visit: { contact, entity } }: { visit: VisitDetail }) {
  const { phone, sight } = contact;
  if (sight === 'clear' && phone !== '') return <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>;
  return (
    <Masked
      {...{ record: 'entity', id: entity.creditCode, field: 'contactPhone' }}
      {...{ value: phone, sight }}
    />
  );
}

function emptyText(visit: VisitDetail) {
  if (visit.finishedAt) return 'visit.allDone';
  return visit.approvals.some((one) => one.state !== 'approved')
    ? 'inspections.waitingHere'
    : 'visit.nothingMine';
}

function ItemState({ item, visit }: { item: VisitDetail['items'][number]; visit: VisitDetail }) {
  const { t } = useTranslation();
  // Somebody else handed the result in while these were on their way.
  const waiting = usePendingFiles().filter((one) => one.visit === visit.id && one.item === item.item.code);
  const files = visit.evidence.filter((one) => one.item === item.item.code && one.question === null);
  const isCorrected = visit.corrections.some(
    (one) => one.item === item.item.code && one.kind === 'result' && one.status === 'approved',
  );
  const questions =
    visit.forms
      .find((form) => form.item === item.item.code)
      ?.sections.flatMap((section) => section.questions)
      .filter((question) => item.answers[question.key] !== undefined) ?? [];
  return (
    <li>
      <div className="row-head">
        <strong>{item.item.name}</strong>
        <span>
          {isCorrected && <Tag color="blue">{t('correction.corrected')}</Tag>}{' '}
          <Tag color={item.resultCode === null ? 'default' : isViolation(item.resultCode) ? 'gold' : 'green'}>
            {item.resultCode === null ? t('visit.state.open') : resultLabel(item.resultCode, t)}
          </Tag>
        </span>
      </div>
      <div className="muted small">
        {item.submittedAt
          ? t('visit.submitted', {
              by: item.submittedBy ?? item.department.name,
              at: formatInstant(item.submittedAt),
            })
          : t('visit.otherHint', { department: item.department.name })}
      </div>
      {item.method && (
        <div className="muted small">
          {t('visitMethod.label')}：{t(`open.methods.${item.method}`)}
        </div>
      )}
      {item.opinion && <p className="quote">{item.opinion}</p>}
      {files.length > 0 && (
        <div className="small">
          <div className="muted">{t('evidence.files')}</div>
          <EvidenceList visit={visit.id} evidence={files} />
        </div>
      )}
      {waiting.length > 0 && (
        <ul className="evidence">
          {waiting.map((one) => (
            <WaitingFile key={one.id} file={one} />
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <details className="small">
          <summary>{t('visit.form')}</summary>
          <dl className="answers">
            {questions.map((question) => (
              <div key={question.key}>
                <dt>{question.text}</dt>
                <dd>
                  <Answer question={question} answer={item.answers[question.key]} visit={visit} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <PublicationState visit={visit} item={item.item.code} />
      <AskChanges visit={visit} item={item} />
    </li>
  );
}
