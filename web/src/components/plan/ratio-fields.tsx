import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStratumName } from '../../lib/use-stratum-name';
import { CLASSES } from './plan-fields';

/** A ratio for each stratum: the classes first, then what the policy tells apart of them. */
export function RatioFields({ strata }: { strata: readonly string[] }) {
  const { t } = useTranslation();
  const { full } = useStratumName();
  const parts = strata.filter((stratum) => !CLASSES.some((one) => one === stratum));
  const fieldOf = (stratum: string, label: string) => (
    <Form.Item
      key={stratum}
      name={['ratios', stratum]}
      label={label}
      rules={[{ required: true, message: t('plan.needed') }]}
    >
      <InputNumber min={0} max={100} step={1} suffix="%" />
    </Form.Item>
  );
  return (
    <>
      <Form.Item label={t('plan.ratios')} extra={t('plan.ratiosHint')}>
        <div className="small-fields">{CLASSES.map((one) => fieldOf(one, t(`plan.classes.${one}`)))}</div>
      </Form.Item>
      {parts.length > 0 && (
        <Form.Item label={t('plan.parts')} extra={t('plan.partsHint')}>
          <div className="small-fields">{parts.map((stratum) => fieldOf(stratum, full(stratum)))}</div>
        </Form.Item>
      )}
    </>
  );
}
