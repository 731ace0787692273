import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { today } from '../../lib/format';
import { useDepartmentName } from '../../lib/use-organisation';
import { Loaded } from '../loaded';
import { Numbers } from '../numbers';

/** How many were in the registry of each department that day; counted when somebody opens it. */
export function DayCounts({ on }: { on: string | undefined }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const day = on ?? today();
  const nameOf = useDepartmentName();
  const query = useQuery({
    queryKey: ['registry-day', day],
    enabled: isOpen,
    queryFn: () => answerOf(api.GET('/api/v1/registries/days/{day}', { params: { path: { day } } })),
  });
  return (
    <details className="gap-below" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('registry.dayCounts')}</summary>
      {isOpen && (
        <Loaded query={query}>
          {({ began, active, departments }) => (
            <>
              <p className="small muted">
                {began !== null && day < began
                  ? t('registry.beforeBegan', { day: began })
                  : t('registry.dayCountsHint', { day: on ?? t('registry.onToday') })}
              </p>
              <Numbers
                heads={[t('registry.department'), t('registry.inRegistry'), t('registry.ofThemListed')]}
                rows={departments.map(({ department, entities, listed }) => ({
                  key: department,
                  name: nameOf(department),
                  cells: [entities.toLocaleString('en'), listed.toLocaleString('en')],
                }))}
                total={{ key: '', name: t('registry.allActive'), cells: [active.toLocaleString('en'), ''] }}
              />
            </>
          )}
        </Loaded>
      )}
    </details>
  );
}
