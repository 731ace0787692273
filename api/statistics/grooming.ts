import type { Knex } from 'knex';
import { readEntityNames, readFreezes, readRegistry } from '../../db/registry-history';
import { groomingReport } from '../../domain/statistics/grooming';
import type { Scope } from './scope';

const LISTED = 500;

export async function groomingOf(db: Knex, scope: Scope, windowDays: number, now: Date) {
  const [registry, freezes] = await Promise.all([readRegistry(db, windowDays), readFreezes(db)]);
  const reports = groomingReport(registry, {
    freezes: freezes.filter((freeze) => scope.isAsked(freeze.campaign, freeze.at)),
    allFreezes: freezes.map((freeze) => freeze.at),
    ...{ windowDays, now, isInArea: scope.isInArea },
  });
  const refOf = (freeze: (typeof reports)[number]['freeze']) => ({
    campaign: { code: freeze.campaign, name: freeze.campaignName },
    frozenAt: freeze.at.toISOString(),
  });
  const absences = reports.flatMap(({ freeze, absences: found }) =>
    found.flatMap(({ ids, entities: _entities, left, back, ...absence }) =>
      ids.map((id) => ({
        ...refOf(freeze),
        ...absence,
        ...{ id, left: left.toISOString(), back: back.toISOString() },
      })),
    ),
  );
  const all = reports.reduce(
    (sum, { absences: found }) => sum + found.reduce((own, one) => own + one.entities, 0),
    0,
  );
  const listed = absences.slice(0, LISTED);
  const names = await readEntityNames(
    db,
    listed.map((one) => one.id),
  );
  return {
    days: windowDays,
    entitiesSince: registry.entitiesSince?.toISOString() ?? null,
    inspectorsSince: registry.inspectorsSince?.toISOString() ?? null,
    freezes: reports.map(({ freeze, isOpen, measures }) => ({
      ...refOf(freeze),
      ...{ ceremony: freeze.ceremonyId, isOpen, measures },
    })),
    absences: listed.map(({ id, before, during, ...one }) => ({
      ...one,
      ...(names.get(id) ?? { creditCode: '', name: '' }),
      before: { ...before, tags: [...before.tags] },
      during: { ...during, tags: [...during.tags] },
    })),
    absencesLeftOut: all - listed.length,
  };
}
