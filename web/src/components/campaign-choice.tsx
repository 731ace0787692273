import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';

export function CampaignChoice({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (code: string) => void;
}) {
  const { t } = useTranslation();
  const campaigns = useQuery({
    queryKey: ['campaign-choice'],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } })),
  });
  return (
    <Select
      aria-label={t('oversight.campaign')}
      className="campaign-choice"
      value={value ?? ''}
      onChange={onChange}
      loading={campaigns.isPending}
      options={[
        { value: '', label: t('oversight.allCampaigns') },
        ...(campaigns.data?.rows ?? []).map((one) => ({ value: one.code, label: one.name })),
      ]}
    />
  );
}
