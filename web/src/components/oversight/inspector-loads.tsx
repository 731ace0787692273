import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Loaded } from '../loaded';
import { Meaning, Numbers } from '../statistics/parts';
import { TableLinks } from './table-links';
import type { useBoardFilter } from './use-board-filter';

const SHOWN = 15;

/** Who was sent how often; a long table, shown in part. */
export function InspectorLoads({ filter }: Pick<ReturnType<typeof useBoardFilter>, 'filter'>) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['oversight', 'inspectors', filter],
    queryFn: async () =>
      (await answerOf(api.GET('/api/v1/oversight/inspectors', { params: { query: filter } }))).rows,
  });
  return (
    <Card
      title={t('board.parts.inspectors')}
      extra={<TableLinks path="/api/v1/oversight/inspectors" query={filter} />}
    >
      <Loaded query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="muted">{t('board.none')}</p>
          ) : (
            <>
              <Meaning>{t('board.meaning.inspectors')}</Meaning>
              <Numbers
                rows={rows}
                shown={SHOWN}
                keyOf={(row) => row.code}
                columns={[
                  { title: t('board.columns.inspector'), of: (row) => `${row.name}（${row.code}）` },
                  { title: t('board.columns.department'), of: (row) => row.department.name, isWords: true },
                  { title: t('board.columns.visits'), of: (row) => row.visits },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
