import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { CaseStep, HandlingCaseDetail } from '../api/types';
import { FileLinks } from '../components/documents/file-links';
import { CaseTimeline } from '../components/handling/case-timeline';
import { CreditLine } from '../components/handling/credit-line';
import { JointCard } from '../components/handling/joint-card';
import { OwedLine } from '../components/handling/owed-line';
import { StepDialog } from '../components/handling/step-dialog';
import { Instant } from '../components/instant';
import { Loaded } from '../components/loaded';
import { resultLabel } from '../lib/results';
import { useTitle } from '../lib/use-title';

/** One violation from its result to the repair of what followed, with what is to be done next. */
export function CasePage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const query = useQuery({
    queryKey: ['handling-case', id],
    queryFn: () => answerOf(api.GET('/api/v1/handling-cases/{id}', { params: { path: { id } } })),
  });
  useTitle(query.data && `${t('handling.number', { id })} ${query.data.entityName}`);
  return <Loaded query={query}>{(one) => <Content case={one} />}</Loaded>;
}

function Content({ case: one }: { case: HandlingCaseDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('handling.caseTitle', { name: one.entityName, result: resultLabel(one.resultCode, t) })}</h1>
          <div className="tags">
            <Tag>{t('handling.number', { id: one.id })}</Tag>
            <Tag color="blue">{t(`handling.tracks.${one.track}`)}</Tag>
            <Tag color={one.status === 'closed' ? 'green' : one.status === 'listed' ? 'red' : 'gold'}>
              {t(`handling.states.${one.status}`)}
            </Tag>
          </div>
        </div>
      </div>
      <div className="two-columns">
        <div className="stack">
          <NextStep case={one} />
          <Card
            title={t('handling.timeline')}
            extra={
              one.timeline.some((event) => event.kind === 'order') && (
                <FileLinks
                  href={`/api/v1/handling-cases/${one.id}/rectification-order`}
                  name={t('documents.order')}
                  isNamed
                />
              )
            }
          >
            <CaseTimeline case={one} />
          </Card>
        </div>
        <div className="stack">
          <Facts case={one} />
          {one.joint.length > 0 && <JointCard case={one} />}
          {one.credit.length > 0 && (
            <Card title={t('credit.records')}>
              <ul className="row-list">
                {one.credit.map((record) => (
                  <CreditLine key={record.id} record={record} />
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function NextStep({ case: one }: { case: HandlingCaseDetail }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<CaseStep | null>(null);
  // Answers of departments belong to their notices.
  const steps = one.possibleSteps.filter((each) => each !== 'joint-answered' && each !== 'joint-lifted');
  return (
    <Card title={t('handling.nextTitle')}>
      {one.owed.map((owed, at) => (
        <OwedLine key={at} owed={owed} />
      ))}
      {one.owed.length === 0 && (
        <p className="muted">{t(one.status === 'closed' ? 'handling.settled' : 'handling.resting')}</p>
      )}
      {steps.length === 0 ? (
        one.status !== 'closed' && <p className="muted small">{t('handling.notYours')}</p>
      ) : (
        <div className="filters gap-above">
          {steps.map((each) => (
            <Button key={each} danger={each === 'annulled'} onClick={() => setStep(each)}>
              {t(`handling.kinds.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog case={one} step={step} onClose={() => setStep(null)} />}
    </Card>
  );
}

function Facts({ case: one }: { case: HandlingCaseDetail }) {
  const { t } = useTranslation();
  const dates = (
    [
      ['hearingUntil', one.hearingUntil],
      ['listedAt', one.listedAt],
      ['repairFrom', one.repairFrom],
      ['listEndsAt', one.listEndsAt],
    ] as const
  ).filter(([, at]) => at !== null);
  return (
    <Card title={t('handling.facts')}>
      <Descriptions
        column={1}
        size="small"
        items={[
          {
            key: 'entity',
            label: t('handling.entity'),
            children: <Link to={`/entities/${one.creditCode}`}>{one.entityName}</Link>,
          },
          {
            key: 'visit',
            label: t('handling.visitLabel'),
            children: (
              <Link to={`/visits/${one.visitId}`}>{t('handling.visit', { number: one.visitNumber })}</Link>
            ),
          },
          {
            key: 'campaign',
            label: t('handling.campaign'),
            children: <Link to={`/campaigns/${one.campaign.code}`}>{one.campaign.name}</Link>,
          },
          { key: 'item', label: t('handling.item'), children: one.item.name },
          { key: 'department', label: t('handling.department'), children: one.department.name },
          ...(one.keeper ? [{ key: 'keeper', label: t('handling.keeper'), children: one.keeper.name }] : []),
          ...dates.map(([name, at]) => ({
            key: name,
            label: t(`handling.${name}`),
            children: <Instant at={at} />,
          })),
          {
            key: 'published',
            label: t('handling.published'),
            children:
              one.publishedAt === null ? t('handling.notPublished') : <Instant at={one.publishedAt} />,
          },
        ]}
      />
    </Card>
  );
}
