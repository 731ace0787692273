import { servesRegion } from './may-go';
import type { Staffing } from './staffing';

/** The rule that left slots empty: the first that leaves fewer people than the team needs. */
export type StarvingRule = 'department' | 'region' | 'qualifications' | 'exclusion' | 'capacity';

/** Asks the rules in their order; where all leave enough people, these are needed elsewhere as well. */
export function starvingRules(staffing: Staffing): (visit: number) => StarvingRule {
  const { visits, inspectors, kindOf, classesOf, members, classOf, excluded } = staffing;
  const inRegion = new Map<string, number>();
  const serving = (region: string): number => {
    const known = inRegion.get(region);
    if (known !== undefined) return known;
    const count = inspectors.filter((one) => servesRegion(one, region)).length;
    inRegion.set(region, count);
    return count;
  };
  return (visit) => {
    const { region, teamSize } = visits[visit]!;
    if (inspectors.length < teamSize) return 'department';
    if (serving(region) < teamSize) return 'region';
    const kind = kindOf[visit]!;
    const classes = classesOf.items.subarray(classesOf.start[kind], classesOf.start[kind + 1]);
    const qualified = classes.reduce((sum, one) => sum + members.start[one + 1]! - members.start[one]!, 0);
    if (qualified < teamSize) return 'qualifications';
    const away = [...(excluded[visit] ?? [])].filter((one) => classes.includes(classOf[one]!)).length;
    return qualified - away < teamSize ? 'exclusion' : 'capacity';
  };
}
