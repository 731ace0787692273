import { useTranslation } from 'react-i18next';
import type { Visit } from '../../api/types';

/** Who goes, department by department. */
export function VisitTeams({ visit }: { visit: Visit }) {
  return departmentsOf(visit)
    .map(({ code, name }) => ({
      name,
      people: visit.inspectors.filter((one) => one.department === code).map((one) => one.name),
    }))
    .filter(({ people }) => people.length > 0)
    .map(({ name, people }) => (
      <div key={name}>
        <span className="muted">{name}</span> {people.join('、')}
      </div>
    ));
}

/** Whom the draw found nobody for, and why. */
export function VisitGaps({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const departments = departmentsOf(visit);
  return visit.unfilled.map(({ department, missing, rule }) => {
    const name = departments.find((one) => one.code === department)?.name ?? department;
    return (
      <div key={department} className="bad">
        {t('visit.unfilled', { department: name, missing, rule })}
      </div>
    );
  });
}

/** The visit's departments by name; every one of them has an item there. */
const departmentsOf = (visit: Visit) => [
  ...new Map(visit.items.map(({ department }) => [department.code, department])).values(),
];
