import type { Knex } from 'knex';
import { readVisitScope } from '../../db/evidence';
import { readTeamMember, readVisitItems } from '../../db/results';
import { TAKES_RESULTS } from '../../domain/campaigns';
import { conflict, invalid, notFound } from '../../domain/errors';
import { inRegion, mayEnterResult } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';

/** Throws where the person may not enter anything for the item, or no longer. `field` is where it was named. */
export async function assertOpenItem(
  db: Knex,
  visitId: number,
  { item: code, field }: { item: string; field: string },
  actor: Actor,
): Promise<void> {
  const scope = await readVisitScope(db, visitId);
  const member = await readTeamMember(db, visitId, actor.id);
  const items = await readVisitItems(db, visitId);
  const here = scope && inRegion(actor, scope.region);
  const own = here ? items.filter((item) => mayEnterResult(here, item.department_code, member)) : [];
  if (!scope || own.length === 0) {
    throw notFound('visit-not-found', `没有编号为 ${visitId} 的检查任务，或它不归您录入。`);
  }
  const item = own.find((one) => one.item_code === code);
  if (!item) {
    const message = `该户没有由您录入的事项“${code}”。`;
    throw invalid('not-in-visit', message, [{ field, message }]);
  }
  if (item.result_code !== null) {
    throw conflict('result-submitted', `事项“${code}”的结果已经提交，不能再改动。`);
  }
  if (!TAKES_RESULTS.includes(scope.stage)) {
    throw conflict('campaign-stage', '任务未派发或已公示，不能录入。');
  }
}
