import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';

/** `none`: what no choice is called, where it isn't all of them. */
export function CampaignChoice({
  value,
  onChange,
  label,
  none,
}: {
  value: string | undefined;
  onChange: (code: string) => void;
  label?: string;
  none?: string;
}) {
  const { t } = useTranslation();
  const campaigns = useQuery({
    queryKey: ['campaign-choice'],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } })),
  });
  return (
    <Select
      aria-label={label ?? t('oversight.campaign')}
      className="campaign-choice"
      value={value ?? ''}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      loading={campaigns.isPending}
      options={[
        { value: '', label: none ?? t('oversight.allCampaigns') },
        ...(campaigns.data?.rows ?? []).map((one) => ({ value: one.code, label: one.name })),
      ]}
    />
  );
}
