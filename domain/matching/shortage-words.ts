import { qualificationName } from '../registry/qualification-names';
import type { StarvingRule } from './starving-rules';
import type { TightSet } from './tight-sets';

/** A tight set in numbers, its regions by their names. */
export interface ProvenShortage extends Pick<
  TightSet,
  'teamSizes' | 'regions' | 'qualifications' | 'slots' | 'places'
> {
  visits: number;
  people: number;
}

const RULES: Record<StarvingRule, string> = {
  department: '该部门可派人员不足',
  region: '服务该地区的人员不足',
  qualifications: '具备所需资质的人员不足',
  exclusion: '回避和轮换后人员不足',
  capacity: '人员已达工作量上限',
};

/** Why slots stay empty, for whoever has to find people: the rule, then the numbers that leave no other way. */
export function shortageWords(rule: StarvingRule, proof: ProvenShortage | null): string {
  if (!proof) return RULES[rule];
  const { visits, people, slots, places, teamSizes } = proof;
  const who = `可派往${some(proof.regions, '地')}${qualified(proof.qualifications)}的人员有 ${people} 名`;
  const need =
    teamSizes.length === 1 ? `各需 ${teamSizes[0] ?? 0} 名` : `各需 ${teamSizes.join('、')} 名不等`;
  return visits === 1
    ? `${RULES[rule]}：${who}，最多能派 ${places} 名，这次检查需 ${slots} 名`
    : `${RULES[rule]}：${who}，最多能派 ${places} 人次；${visits} 次检查${need}，共需 ${slots} 人次`;
}

const qualified = (codes: readonly string[]): string =>
  codes.length > 0 ? `、具备${some(codes.map(qualificationName), '类')}资质` : '';

/** The first three, and how many there are where there are more. */
function some(names: readonly string[], unit: string): string {
  const first = names.slice(0, 3).join('、');
  return names.length > 3 ? `${first}等 ${names.length} ${unit}` : first;
}
