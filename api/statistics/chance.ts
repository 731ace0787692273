import type { Knex } from 'knex';
import { listRegions } from '../../db/organisation';
import { readItemNames, readPastDraws, readPatterns } from '../../db/past-draws';
import { readEntitiesByCode } from '../../db/registries';
import { groupCounts, type GroupKind } from '../../domain/statistics/group-counts';
import { partWords } from '../../domain/policies/parts';
import { standOut } from '../../domain/statistics/many-tests';
import { timesDrawn } from '../../domain/statistics/times-drawn';
import type { Scope } from './scope';

const LISTED = 50;
const KINDS: readonly GroupKind[] = ['all', 'region', 'stratum', 'item'];

export async function chanceOf(db: Knex, scope: Scope) {
  const [past, regions, items] = await Promise.all([readPastDraws(db), listRegions(db), readItemNames(db)]);
  const draws = past.map((draw) => (scope.isAsked(draw.campaign, draw.frozenAt) ? draw : null));
  const all = await readPatterns(db, past);
  const patterns = all.filter((one) => scope.isInArea(one.region));
  const groups = groupCounts(draws, patterns);
  const flags = standOut(groups.map((group) => group.tail));
  const { often, rows, test, entities } = timesDrawn(draws, patterns, patterns.length === all.length);
  const listed = often.slice(0, LISTED);
  const names = await readEntitiesByCode(
    db,
    listed.map((one) => one.creditCode),
  );
  const nameOfRegion = (key: string) => regions.find((one) => one.code === key)?.name ?? key;
  const labels: Record<GroupKind, (key: string) => string> = {
    all: () => '全部',
    region: nameOfRegion,
    stratum: (key) => partWords(key, nameOfRegion),
    item: (key) => items.get(key) ?? key,
  };
  return {
    draws: draws
      .filter((draw) => draw !== null)
      .map(({ campaign, campaignName, frozenAt, mode, lines }) => ({
        campaign: { code: campaign, name: campaignName },
        frozenAt: frozenAt.toISOString(),
        mode,
        sample: lines.reduce((sum, line) => sum + line.sample, 0),
      })),
    entities,
    groups: groups
      .map(({ key, ...group }, at) => ({
        ...group,
        group: { code: key, name: labels[group.kind](key) },
        isFlagged: flags[at] ?? false,
      }))
      .sort(
        (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.group.code < b.group.code ? -1 : 1),
      ),
    times: rows,
    test,
    often: listed.map((one) => ({ ...one, name: names.get(one.creditCode) ?? one.creditCode })),
  };
}
