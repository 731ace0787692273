import { Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, Ceremony } from '../../../api/types';
import { formatRatio } from '../../../lib/format';
import { useStratumName } from '../../../lib/use-stratum-name';
import { FormDialog } from '../../form-dialog';
import type { DialogProps } from '../dialog-props';
import { ReasonField } from '../../reason-field';
import { useRequest } from './use-request';

type Stratum = Ceremony['strata'][number];

interface Fields {
  reason: string;
  /** Per cent, by the stratum's place in the ceremony. */
  ratios?: Record<string, number | null>;
}

/** Higher ratios with the same seed: what is drawn already stays, more joins it. */
export function SupplementDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [nothingRaised, setNothingRaised] = useState(false);
  const request = useRequest(campaign.code, onClose);
  // One whose entities are all drawn can't be raised.
  const strata = (campaign.ceremony?.strata ?? []).filter((one) => one.size > one.sample);
  const items = [...new Set(strata.map((one) => one.item))];
  const finish = ({ reason, ratios }: Fields) => {
    const raised = strata.flatMap((one, at) => {
      const percent = ratios?.[at] ?? null;
      const ratioPpm = percent === null ? one.ratioPpm : Math.round(percent * 10_000);
      const { item, stratum, minimum } = one;
      return ratioPpm > one.ratioPpm ? [{ item, stratum, ratioPpm, minimum }] : [];
    });
    setNothingRaised(raised.length === 0);
    if (raised.length > 0) request.mutate({ kind: 'supplement', reason, strata: raised });
  };
  return (
    <FormDialog
      title={t('amendments.supplement')}
      okText={t('amendments.send')}
      form={form}
      request={request}
      onFinish={finish}
      onClose={onClose}
      width={620}
    >
      <p className="muted">{t('amendments.supplementHint')}</p>
      {items.map((item) => (
        <table key={item} className="raised-ratios" onChange={() => setNothingRaised(false)}>
          <caption>{item === '*' ? t('ceremony.allItems') : itemName(campaign, item)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('ceremony.stratum')}</th>
              <th scope="col">{t('amendments.nowTitle')}</th>
              <th scope="col">{t('amendments.raiseTo')}</th>
            </tr>
          </thead>
          <tbody>
            {strata.map(
              (one, at) =>
                one.item === item && <RatioRow key={one.stratum} stratum={one} place={String(at)} />,
            )}
          </tbody>
        </table>
      ))}
      {strata.length === 0 && <p>{t('amendments.allDrawn')}</p>}
      {nothingRaised && (
        <p role="alert" className="bad">
          {t('amendments.nothingRaised')}
        </p>
      )}
      <ReasonField
        label={t('amendments.reason')}
        hint={t('amendments.reasonHint')}
        needed={t('amendments.reasonNeeded')}
        minLength={5}
      />
    </FormDialog>
  );
}

function RatioRow({ stratum, place }: { stratum: Stratum; place: string }) {
  const { t } = useTranslation();
  const name = useStratumName().full(stratum.stratum);
  const now = formatRatio(stratum.ratioPpm);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {now}
        <div className="muted small">{t('amendments.now', { n: stratum.sample, all: stratum.size })}</div>
      </td>
      <td>
        <Form.Item
          name={['ratios', place]}
          rules={[
            {
              type: 'number',
              min: stratum.ratioPpm / 10_000,
              max: 100,
              message: t('amendments.ratioWrong', { ratio: now }),
            },
          ]}
        >
          <InputNumber
            aria-label={`${name} ${t('amendments.raiseTo')}`}
            placeholder={t('amendments.asItIs')}
            suffix="%"
            controls={false}
          />
        </Form.Item>
      </td>
    </tr>
  );
}

const itemName = (campaign: Campaign, code: string): string =>
  campaign.items.find((one) => one.code === code)?.name ?? code;
