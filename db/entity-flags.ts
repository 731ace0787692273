/** Flags that decisions on lists give an entity or take off again, as versions of its own with the case they come from. */
import type { Knex } from 'knex';
import { drawClass, type RiskClass } from '../domain/registry/risk';
import { ENTITY_STATE, presenceOf } from './entity-changes';

interface FlagChange {
  entityId: number;
  caseId: number;
  flag: string;
  at: Date;
}

/** Whether the flag was not there before. */
export async function addFlag(trx: Knex, change: FlagChange): Promise<boolean> {
  return changeFlags(trx, change, (flags) => [...flags, change.flag].sort());
}

export async function removeFlag(trx: Knex, change: FlagChange): Promise<boolean> {
  return changeFlags(trx, change, (flags) => flags.filter((flag) => flag !== change.flag));
}

/** Another case in which the entity is on the same list: it keeps the flag there. */
export async function handFlagOn(trx: Knex, { entityId, caseId, flag }: FlagChange): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `update handling_cases set flag_added = true
      where id = (select h.id from handling_cases h join visits v on v.id = h.visit_id
                   where v.entity_id = :entityId and h.id <> :caseId and h.flag = :flag
                     and h.status in ('listed', 'repair-requested') order by h.id limit 1)`,
    { entityId, caseId, flag },
  );
  return rowCount > 0;
}

async function changeFlags(
  trx: Knex,
  { entityId, caseId, flag, at }: FlagChange,
  next: (flags: readonly string[]) => string[],
): Promise<boolean> {
  const entity = await trx('entities')
    .where({ id: entityId })
    .forUpdate()
    .first<{ flags: string[]; risk_class: RiskClass; complaints: number }>(
      'flags',
      'risk_class',
      'complaints',
    );
  const isThere = entity.flags.includes(flag);
  const flags = next(entity.flags.filter((one) => one !== flag));
  if (flags.includes(flag) === isThere) return false;
  const bindings = {
    entityId,
    caseId,
    at,
    flags,
    class: drawClass(entity.risk_class, flags, entity.complaints),
  };
  await trx.raw(
    `insert into entity_changes (entity_id, at, presence_before, region_before, class_before, tags_before,
                                 presence, region, class, tags)
     select e.id, :at, ${presenceOf('e')}, e.region_code, e.draw_class, e.tags,
            ${presenceOf('e')}, e.region_code, :class, e.tags
       from entities e where e.id = :entityId and e.draw_class <> cast(:class as char(1))`,
    bindings,
  );
  await trx.raw(
    `with e as (
       update entities set flags = :flags, draw_class = :class, updated_at = :at where id = :entityId returning *
     )
     insert into entity_versions (entity_id, valid_from, case_id, state) select e.id, :at, :caseId, ${ENTITY_STATE} from e`,
    bindings,
  );
  return true;
}
