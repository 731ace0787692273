import { useQuery } from '@tanstack/react-query';
import { Checkbox, Empty, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Item } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { useDepartmentName } from '../../lib/use-organisation';
import { Loaded } from '../loaded';

/** All published items; lists are short enough (some hundreds in a city) to be chosen from at once. */
export const usePublishedItems = () =>
  useQuery({
    queryKey: ['published-items'],
    staleTime: 60_000,
    queryFn: async () => {
      const items: Item[] = [];
      let cursor: string | undefined;
      do {
        const page = await answerOf(
          api.GET('/api/v1/items', { params: { query: { status: 'published', limit: 200, cursor } } }),
        );
        items.push(...page.rows);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items;
    },
  });

interface Props {
  id?: string;
  value?: string[];
  onChange?: (codes: string[]) => void;
}

/** Published items by department, with a filter; a control of the plan form. */
export function ItemChoice({ id, value = [], onChange }: Props) {
  const { t } = useTranslation();
  const query = usePublishedItems();
  const [filter, setFilter] = useState('');
  const nameOf = useDepartmentName();
  const toggle = (code: string, isChosen: boolean) =>
    onChange?.(isChosen ? [...value, code] : value.filter((one) => one !== code));
  return (
    <Loaded query={query}>
      {(items) => {
        const shown = items.filter((item) =>
          `${item.name} ${item.code} ${nameOf(item.departmentCode)}`
            .toLowerCase()
            .includes(filter.trim().toLowerCase()),
        );
        const chosen = items.filter((item) => value.includes(item.code));
        return (
          <>
            <Input.Search
              id={id}
              allowClear
              placeholder={t('plan.itemsFilter')}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
            <div className="item-choice">
              {shown.length === 0 && <Empty description={t('plan.itemsEmpty')} />}
              {[...new Set(shown.map((item) => item.departmentCode))].map((department) => (
                <fieldset key={department}>
                  <legend>{nameOf(department)}</legend>
                  {shown
                    .filter((item) => item.departmentCode === department)
                    .map((item) => (
                      <Checkbox
                        key={item.code}
                        checked={value.includes(item.code)}
                        onChange={(event) => toggle(item.code, event.target.checked)}
                      >
                        {item.name} <span className="muted small">{item.code}</span>
                        {item.statutoryRatioPpm !== null && <Tag>{formatRatio(item.statutoryRatioPpm)}</Tag>}
                      </Checkbox>
                    ))}
                </fieldset>
              ))}
            </div>
            <div className="small">
              {t('plan.itemsChosen', {
                n: value.length,
                departments: new Set(chosen.map((item) => item.departmentCode)).size,
              })}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
