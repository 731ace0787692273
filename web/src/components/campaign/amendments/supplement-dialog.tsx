import { Form, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../../api/types';
import { formatRatio } from '../../../lib/format';
import { ProblemAlert } from '../../problem-alert';
import type { DialogProps } from '../dialog-props';
import { ReasonField } from './replacement-dialog';
import { useRequest } from './use-request';

interface Fields {
  reason: string;
  /** Per cent, by the stratum's place in the ceremony. */
  ratios?: Record<string, number | null>;
}

/** Higher ratios with the same seed: what is drawn already stays, more joins it. */
export function SupplementDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const request = useRequest(campaign.code, onClose);
  const strata = (campaign.ceremony?.strata ?? []).filter((one) => one.size > 0);
  const finish = ({ reason, ratios }: Fields) =>
    request.mutate({
      kind: 'supplement',
      reason,
      strata: strata.flatMap((one, at) => {
        const percent = ratios?.[at] ?? null;
        const ratioPpm = percent === null ? one.ratioPpm : Math.round(percent * 10_000);
        if (ratioPpm === one.ratioPpm) return [];
        return [
          {
            item: one.item,
            stratum: classOf(one.stratum),
            ratioPpm,
            minimum: minimumOf(campaign, one.stratum),
          },
        ];
      }),
    });
  return (
    <Modal
      open
      title={t('amendments.supplement')}
      okText={t('amendments.send')}
      confirmLoading={request.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('amendments.supplementHint')}</p>
      <ProblemAlert error={request.error} className="gap-below" />
      <Form form={form} layout="vertical" onFinish={finish}>
        <div className="small-fields">
          {strata.map((one, at) => (
            <Form.Item
              key={`${one.item}/${one.stratum}`}
              name={['ratios', String(at)]}
              label={`${one.item === '*' ? '' : `${one.item} · `}${t('amendments.stratum', { name: one.stratum })}`}
              extra={t('amendments.now', { ratio: formatRatio(one.ratioPpm), n: one.sample, all: one.size })}
            >
              <InputNumber min={one.ratioPpm / 10_000} max={100} suffix="%" />
            </Form.Item>
          ))}
        </div>
        <ReasonField />
      </Form>
    </Modal>
  );
}

type DrawClass = Campaign['ratios'][number]['stratum'];
const classOf = (stratum: string) => stratum as DrawClass;

const minimumOf = (campaign: Campaign, stratum: string): number =>
  campaign.ratios.find((one) => one.stratum === stratum)?.minimum ?? 0;
