/** Who goes where (draw protocol, section 5): the rules and what makes an assignment the best one. */
import type { PoolInspector } from '../../domain/draw/frozen-files';
import { byBytes, type Manifest } from '../../domain/draw/manifest';
import { groupBy } from '../../domain/group-by';
import type { VisitNeed } from '../../domain/matching/match';
import { covers } from '../../domain/regions/covers';
import type { MergedVisit } from '../../domain/visits/merge';
import { CSV_COLUMNS, type Pool } from './frozen-lists';
import { TeamFlow } from './max-flow';
import { Found, type Add } from './report';
import { csvRows, firstOutOfOrder } from './texts';

export interface Team {
  need: VisitNeed;
  inspectors: string[];
}

export function needsOf(
  manifest: Manifest,
  visits: readonly MergedVisit[],
  regions: ReadonlyMap<string, string>,
): VisitNeed[] {
  const itemOf = new Map(manifest.items.map((one) => [one.item, one]));
  const sizeOf = new Map(manifest.teams.map((team) => [team.department, team.size]));
  return visits.flatMap(({ visit, code, items }) => {
    const own = items.flatMap((item) => itemOf.get(item) ?? []);
    return [...groupBy(own, (item) => item.department)]
      .sort(([a], [b]) => byBytes(a, b))
      .map(([department, asked]) => ({
        visit,
        code,
        region: regions.get(code) ?? '',
        department,
        teamSize: sizeOf.get(department) ?? 0,
        qualifications: [...new Set(asked.flatMap((item) => item.qualifications))].sort(byBytes),
      }));
  });
}

/** The teams of `assignments.csv`, as far as they break no rule. */
export function checkRules(
  needs: readonly VisitNeed[],
  pool: Pool,
  files: ReadonlyMap<string, Buffer>,
  add: Add,
): Team[] {
  const teams = new Map(
    needs.map((need): [string, Team] => [keyOf(need.visit, need.department), { need, inspectors: [] }]),
  );
  const people = new Map(pool.inspectors.map((one) => [one.inspector, one]));
  const excluded = excludedPairs(pool);
  const load = new Map<string, number>();
  const rows = csvRows(files, 'assignments.csv', CSV_COLUMNS['assignments.csv']);
  for (const [visit, department, inspector] of rows) {
    if (!/^[1-9]\d*$/.test(visit)) throw new Found(`assignments.csv 里上门编号不是数：${visit}`);
    const team = teams.get(keyOf(Number(visit), department));
    const broken = brokenRule(team, people.get(inspector), excluded, load);
    if (broken !== null || !team) {
      add(`第 ${visit} 次上门 ${department} 的 ${inspector}：${broken ?? ''}`);
    } else {
      team.inspectors.push(inspector);
      load.set(inspector, (load.get(inspector) ?? 0) + 1);
    }
  }
  const inOrder = (a: readonly string[], b: readonly string[]) =>
    Number(a[0]) - Number(b[0]) || byBytes(a[1] ?? '', b[1] ?? '') || byBytes(a[2] ?? '', b[2] ?? '');
  if (firstOutOfOrder(rows, inOrder) !== null) add('assignments.csv 没有按上门、部门、人员排序，或有重复');
  return [...teams.values()];
}

function brokenRule(
  team: Team | undefined,
  person: PoolInspector | undefined,
  excluded: ReadonlySet<string>,
  load: ReadonlyMap<string, number>,
): string | null {
  if (!team) return '该部门在这次上门没有事项';
  if (!person) return '不在检查人员名单里';
  const { need, inspectors } = team;
  if (person.department !== need.department) return `属于 ${person.department}`;
  if (!serves(person, need)) return `不负责地区 ${need.region}`;
  if (!isQualified(person, need)) return `没有所需资质 ${need.qualifications.join('、')}`;
  if (excluded.has(`${person.inspector}\n${need.code}`)) return `应当回避 ${need.code}`;
  if (inspectors.includes(person.inspector)) return '在同一队里出现两次';
  if (inspectors.length >= need.teamSize) return `该队已满 ${need.teamSize} 人`;
  if ((load.get(person.inspector) ?? 0) >= (person.capacity ?? Infinity)) {
    return `超过工作量上限 ${person.capacity ?? ''}`;
  }
  return null;
}

export function checkComplete(pool: Pool, teams: readonly Team[], add: Add): void {
  for (const department of departmentsOf(pool, teams)) {
    const possible = department.flow(department.caps).largest();
    const missing = possible - department.filled;
    if (missing > 0) add(`${department.name} 本可再派 ${missing} 人次，却空缺`);
  }
}

export function checkWorkload(pool: Pool, teams: readonly Team[], add: Add): void {
  for (const department of departmentsOf(pool, teams)) {
    const { largest, filled } = department;
    if (largest < 2) continue;
    const caps = department.caps.map((cap) => Math.min(cap, largest - 1));
    if (department.flow(caps).largest() >= filled) {
      add(`${department.name} 最忙的人有 ${largest} 次，本可不超过 ${largest - 1} 次`);
    }
  }
}

function departmentsOf(pool: Pool, teams: readonly Team[]) {
  const excluded = excludedPairs(pool);
  return [...groupBy(teams, (team) => team.need.department)].map(([name, own]) => {
    const people = pool.inspectors.filter((one) => one.department === name);
    const candidates = candidatesOf(own, people, excluded);
    const load = groupBy(
      own.flatMap((team) => team.inspectors),
      (inspector) => inspector,
    );
    return {
      name,
      caps: people.map((one) => one.capacity ?? own.length),
      filled: own.reduce((sum, team) => sum + team.inspectors.length, 0),
      largest: Math.max(0, ...[...load.values()].map((visits) => visits.length)),
      flow: (caps: readonly number[]) =>
        new TeamFlow(
          own.map((team) => team.need.teamSize),
          candidates,
          caps,
        ),
    };
  });
}

/** Indices of those who may go, for each team; region and qualifications are compared once for all that are alike. */
function candidatesOf(
  teams: readonly Team[],
  people: readonly PoolInspector[],
  excluded: ReadonlySet<string>,
) {
  const alike = new Map<string, number[]>();
  return teams.map(({ need }) => {
    const kind = JSON.stringify([need.region, need.qualifications]);
    const able =
      alike.get(kind) ??
      people.flatMap((one, at) => (serves(one, need) && isQualified(one, need) ? [at] : []));
    alike.set(kind, able);
    return able.filter((at) => !excluded.has(`${people[at]?.inspector ?? ''}\n${need.code}`));
  });
}

const keyOf = (visit: number, department: string) => `${visit}\n${department}`;
const excludedPairs = ({ exclusions }: Pool) =>
  new Set(exclusions.map((one) => `${one.inspector}\n${one.code}`));
const serves = (one: PoolInspector, need: VisitNeed) =>
  one.regions.length === 0 || one.regions.some((area) => covers(area, need.region));
const isQualified = (one: PoolInspector, need: VisitNeed) =>
  need.qualifications.every((wanted) => one.qualifications.includes(wanted));
