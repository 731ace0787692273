import { Button, Form, Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTags } from '../../lib/use-organisation';
import { LEVELS, type IndustryLine } from './policy-fields';

/** Which trades are risky and which are not, each with its reason. */
export function IndustryRows() {
  const { t } = useTranslation();
  const tags = useTags();
  const needed = [{ required: true, message: t('policy.needed') }];
  return (
    <Form.Item label={t('policy.industriesOf')} extra={t('policy.industriesHint')}>
      <Form.List name="industries">
        {(lines, { add, remove }) => (
          <>
            {lines.map(({ key: at, name }) => (
              <Space key={at} className="gap-below" wrap>
                <Form.Item name={[name, 'tag']} noStyle rules={needed}>
                  <Select
                    className="stage-filter"
                    aria-label={t('policy.tag')}
                    placeholder={t('policy.tag')}
                    loading={tags.isPending}
                    showSearch={{ optionFilterProp: 'label' }}
                    options={(tags.data ?? []).map(({ tag, label }) => ({ value: tag, label }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'level']} noStyle rules={needed}>
                  <Select
                    className="stage-filter"
                    aria-label={t('policy.level')}
                    options={LEVELS.map((value) => ({ value, label: t(`strata.levels.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'reason']} noStyle rules={[{ required: true, whitespace: true }]}>
                  <Input
                    maxLength={400}
                    aria-label={t('policy.industryReason')}
                    placeholder={t('policy.industryReason')}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('policy.remove')}</Button>
              </Space>
            ))}
            <div className="gap-below">
              <Button onClick={() => add({ level: 'high' } satisfies Partial<IndustryLine>)}>
                {t('policy.addIndustry')}
              </Button>
            </div>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
