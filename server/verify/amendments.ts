/** Each line of the record computed again from what stood before it (docs/draw-record.md). */
import canonicalize from 'canonicalize';
import { takenOut } from '../../domain/amendments';
import { byBytes } from '../../domain/draw/manifest';
import type { RecordEntry, ReplacementEntry, SupplementEntry } from '../../domain/draw/record';
import { sampleSize } from '../../domain/draw/sample-size';
import { match } from '../../domain/matching/match';
import { firstOutOfOrder } from './texts';
import { Found, type Add, type Report } from './report';
import { byTicket, drawStratum, type DrawnEntity } from './sample';
import { placeOf, type Standing } from './standing';

/** Carries the lines out; stops where one makes those after it meaningless. */
export function checkAmendments(report: Report, standing: Standing, record: readonly RecordEntry[]): void {
  report.run('replacements', () => undefined);
  report.run('supplement', () => undefined);
  for (const entry of record) {
    const isDone =
      entry.kind === 'replacement'
        ? report.run('replacements', (add) => checkReplacement(entry, standing, add))
        : report.run('supplement', (add) => checkSupplement(entry, standing, add));
    if (isDone === null) return;
  }
}

function checkReplacement(entry: ReplacementEntry, standing: Standing, add: Add): true {
  const { seq, inspector, changes } = entry;
  const where = `记录第 ${seq} 行`;
  if (changes.length === 0) add(`${where}没有替换任何上门`);
  const inOrder = (a: (typeof changes)[number], b: (typeof changes)[number]) =>
    a.visit - b.visit || byBytes(a.department, b.department);
  if (firstOutOfOrder(changes, inOrder) !== null) add(`${where}没有按上门排序，或有重复`);
  for (const one of takenOut([entry])) standing.out.add(one);
  const left = changes.filter(({ visit, department }) => {
    const isMember = standing.teamOf(visit, department)?.includes(inspector) ?? false;
    if (!isMember) add(`${where}：${inspector} 不在第 ${visit} 次上门 ${department} 的队里`);
    return isMember;
  });
  const places = new Set(left.map(({ visit, department }) => placeOf(visit, department)));
  const expected = standing.replace(
    standing.needs
      .filter((need) => places.has(placeOf(need.visit, need.department)))
      .map((need) => ({
        ...need,
        team: standing.teamOf(need.visit, need.department) ?? [],
        leaving: inspector,
      })),
  );
  for (const { visit, department, by } of expected) {
    const stated = left.find((one) => one.visit === visit && one.department === department)?.by ?? null;
    if (stated !== by) {
      add(
        `${where}：第 ${visit} 次上门 ${department} 应由 ${by ?? '（无人可补）'} 接替 ${inspector}，记录写 ${stated ?? '（无人可补）'}`,
      );
    }
  }
  standing.touch(
    seq,
    expected.map((one) => one.visit),
  );
  return true;
}

function checkSupplement(entry: SupplementEntry, standing: Standing, add: Add): true {
  const where = `记录第 ${entry.seq} 行`;
  const { pool, seed } = standing.draw;
  const touched = extendVisits(standing, extendSamples(entry, standing, where, add));
  const fresh = standing.renewNeeds();
  const visits = standing.visits
    .filter(({ visit }) => touched.has(visit))
    .map(({ visit, code, items }) => ({ visit, code, items }));
  mustBeList(`${where}的上门`, visits, entry.visits, add);

  const skills = new Map(pool.inspectors.map((one) => [one.inspector, one.qualifications]));
  const vacancies = standing.needs.flatMap((need) => {
    const team = standing.teamOf(need.visit, need.department) ?? [];
    return team
      .filter((one) => !need.qualifications.every((needed) => skills.get(one)?.includes(needed)))
      .map((leaving) => ({ ...need, team, leaving }));
  });
  const changes = standing
    .replace(vacancies)
    .map(({ visit, department, leaving, by }) => ({ visit, department, inspector: leaving, by }));
  mustBeList(`${where}的替换`, changes, entry.changes, add);

  const load = standing.load();
  const able = pool.inspectors
    .filter((one) => !standing.out.has(one.inspector))
    .map((one) => ({
      ...one,
      capacity: one.capacity === null ? null : Math.max(0, one.capacity - (load.get(one.inspector) ?? 0)),
    }));
  const { assignments } = match(fresh, able, pool.exclusions, seed);
  mustBeList(`${where}的派员`, assignments, entry.assignments, add);
  for (const { visit, department } of fresh) {
    const own = assignments.filter((one) => one.visit === visit && one.department === department);
    standing.teams.set(
      placeOf(visit, department),
      own.map((one) => one.inspector),
    );
  }
  standing.touch(entry.seq, [...touched]);
  return true;
}

/** What each stratum draws beyond what it has drawn. */
function extendSamples(entry: SupplementEntry, standing: Standing, where: string, add: Add): DrawnEntity[] {
  const { populations, seed } = standing.draw;
  const keyOf = ({ item, stratum }: { item: string; stratum: string }) => `${item}/${stratum}`;
  if (entry.strata.map(keyOf).join('\n') !== standing.strata.map(keyOf).join('\n')) {
    throw new Found(`${where}应按顺序列出全部分层`);
  }
  const drawn: DrawnEntity[] = [];
  standing.strata = entry.strata.map((wish, at) => {
    const now = standing.strata[at];
    const population = populations.strata[at];
    if (!now || !population) throw new Found(`${where}的分层与清单不合`);
    const { line, codes } = population;
    const sample = sampleSize(codes.length, wish.ratio_ppm, wish.minimum);
    const name = `${where}：层 ${keyOf(wish)}`;
    if (wish.ratio_ppm < now.ratio_ppm || wish.minimum < now.minimum) add(`${name} 的比例或最少户数降低了`);
    if (wish.sample !== sample) add(`${name} 应抽 ${sample} 户，记录写 ${wish.sample} 户`);
    if (sample > now.sample) {
      drawn.push(...drawStratum({ ...line, ...wish }, codes, seed).slice(now.sample));
    }
    return { ...wish, sample: Math.max(sample, now.sample) };
  });
  if (drawn.length === 0) add(`${where}一户也没有多抽`);
  return drawn;
}

/** Gives the newly drawn their visits and items; returns the numbers of visits that are new or got items. */
function extendVisits(standing: Standing, drawn: readonly DrawnEntity[]): Set<number> {
  const { manifest, populations } = standing.draw;
  const itemsOf = new Map<string, string[]>(drawn.map((one) => [one.code, []]));
  if (manifest.mode === 'joint') {
    for (const [item, codes] of populations.items) {
      for (const code of codes) itemsOf.get(code)?.push(item);
    }
  } else {
    for (const { item, code } of drawn) itemsOf.get(code)?.push(item);
  }
  const numbers = new Map(standing.visits.map(({ code, visit }) => [code, visit]));
  for (const { code } of [...drawn].sort(byTicket)) {
    if (numbers.has(code)) continue;
    const visit = standing.visits.length + 1;
    standing.visits.push({ visit, code, items: [] });
    numbers.set(code, visit);
  }
  standing.visits = standing.visits.map((one) => {
    const further = itemsOf.get(one.code);
    return further ? { ...one, items: [...new Set([...one.items, ...further])].sort(byBytes) } : one;
  });
  return new Set([...itemsOf.keys()].map((code) => numbers.get(code) ?? 0));
}

function mustBeList(where: string, want: readonly unknown[], found: readonly unknown[], add: Add): void {
  const show = (one: unknown) => canonicalize(one) ?? '（没有这一项）';
  for (let at = 0; at < Math.max(want.length, found.length); at++) {
    const [expected, stated] = [show(want[at]), show(found[at])];
    if (expected === stated) continue;
    add(`${where}第 ${at + 1} 项应为 ${expected}，实为 ${stated}`);
    return;
  }
}
