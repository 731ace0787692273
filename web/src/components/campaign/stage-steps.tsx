import { Progress, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../api/types';
import { STEPS } from '../../lib/stages';
import { usePhone } from '../../lib/use-media';

/** How far the campaign has come; on a phone in one line, so that what has to be done stays in sight. */
export function StageSteps({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const isPhone = usePhone();
  const at = STEPS.findIndex((step) => (step.stages as readonly string[]).includes(campaign.stage));
  const done = campaign.stage === 'closed' ? STEPS.length : at;
  const current = STEPS[at];
  if (isPhone && current) {
    const text = t('campaign.stepLine', {
      n: at + 1,
      all: STEPS.length,
      step: t(`campaign.steps.${current.key}`),
      stage: t(`stages.${campaign.stage}`),
    });
    return (
      <>
        <div>{text}</div>
        <Progress
          percent={(done / STEPS.length) * 100}
          status={campaign.stage === 'returned' ? 'exception' : 'normal'}
          showInfo={false}
          aria-label={text}
        />
      </>
    );
  }
  return (
    <Steps
      size="small"
      current={done}
      status={campaign.stage === 'returned' ? 'error' : 'process'}
      items={STEPS.map((step, index) => ({
        title: t(`campaign.steps.${step.key}`),
        ...(index === at ? { content: t(`stages.${campaign.stage}`) } : {}),
      }))}
    />
  );
}
