/** Where all that the registry says of an entity comes from. */
import type { Knex } from 'knex';
import { readOwnVisits } from '../../db/entity-contacts';
import { readDepartmentTags } from '../../db/department-tags';
import {
  countVisitsOfYear,
  readEntityEver,
  readEntityVersions,
  type EntityVersion,
} from '../../db/entity-record';
import { ratioPolicies } from '../../db/ratio-policies';
import { readVisitsAround } from '../../db/visit-frequency';
import { readTagRules } from '../../db/tag-rules';
import { listEntities, type EntityRow } from '../../db/registries';
import { dayOf, endOf } from '../../domain/deadlines/working-days';
import { PRESET, rowOf } from '../../domain/policies/ratio-rows';
import { relationsToEntity } from '../../domain/privacy/fields';
import { maskPhone } from '../../domain/privacy/masks';
import { covers } from '../../domain/regions/covers';
import { entityChanges, type FieldChange } from '../../domain/registry/entity-changes';
import { inRegistryOf } from '../../domain/registry/registry-of';
import { classReasons } from '../../domain/registry/risk';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import { wordsThatGive, type TagRule } from '../../domain/registry/tags';
import { maskedPerson } from '../../domain/visits/mask';
import { frequencyWarnings } from '../../domain/visits/frequency';
import type { Actor } from '../../domain/roles';
import { areasOf } from '../areas-of';
import { frequencyOf } from '../visits/frequency';
import { entityOf, noEntity } from './entity-of';

interface Question {
  creditCode: string;
  on: string | undefined;
  actor: Actor;
  now: Date;
}

export async function entityRecord(db: Knex, { creditCode, on, actor, now }: Question) {
  const known = await readEntityEver(db, creditCode);
  // Not "forbidden": that would tell who is registered there.
  if (!known || !areasOf(actor).some((area) => covers(area, known.region_code))) throw noEntity(creditCode);
  const until = on === undefined || on >= dayOf(now) ? undefined : endOf(on);
  const day = until && on !== undefined ? on : dayOf(now);
  const year = Number(day.slice(0, 4));
  const [[entity], versions, rules, departmentTags, visits, policy, around, own] = await Promise.all([
    listEntities(db, { creditCode, limit: 1, ...(until ? { until } : {}) }),
    readEntityVersions(db, known.id),
    readTagRules(db, DEFAULT_TAG_RULES),
    readDepartmentTags(db, until ?? now),
    countVisitsOfYear(db, known.id, year),
    ratioPolicies.inForce(db, day),
    readVisitsAround(db, known.id, day),
    readOwnVisits(db, actor.id, creditCode, dayOf(now)),
  ]);
  const { region_code: region, draw_class: drawClass, tags } = entity ?? known;
  const cap = rowOf(policy ?? PRESET, { region, drawClass, tags })?.cap ?? null;
  return {
    creditCode,
    on: until ? (on ?? null) : null,
    entity: entity ? entityOf(entity, relationsToEntity(actor, entity.region_code, own)) : null,
    endedAt: known.ended_at?.toISOString() ?? null,
    classReasons: entity ? classReasons(entity.risk_class, entity.flags, entity.complaints) : [],
    tags: entity ? tagsOf(entity, rules) : [],
    registries: entity ? registriesOf(entity, departmentTags) : [],
    visitsOfYear: { year, visits, cap },
    frequency: frequencyOf(frequencyWarnings({ day, cap, planned: false }, around)),
    changes: changesOf(versions).reverse(),
  };
}

const tagsOf = (entity: EntityRow, rules: readonly TagRule[]) =>
  entity.tags.map((tag) => {
    const rule = rules.find((one) => one.tag === tag);
    return {
      tag,
      label: rule?.label ?? tag,
      words: rule ? wordsThatGive(entity.business_scope, rule) : [],
    };
  });

function registriesOf(entity: EntityRow, departmentTags: ReadonlyMap<string, readonly string[] | null>) {
  const departments = [...new Set([...departmentTags.keys(), ...entity.listed_by])].sort();
  return departments.flatMap((department) => {
    const byTag = departmentTags.get(department);
    const because = inRegistryOf(department, byTag, entity);
    if (because === null) return [];
    return [{ department, because, tags: entity.tags.filter((tag) => byTag?.includes(tag)) }];
  });
}

function changesOf(versions: readonly EntityVersion[]) {
  return versions.map(({ at, state, importId, fileName, by, rule, caseId }, number) => {
    const before = versions[number - 1]?.state;
    const isEnded = (state.ended_at ?? null) !== null;
    const wasEnded = (before?.ended_at ?? null) !== null;
    return {
      at: at.toISOString(),
      kind: kindOf(before === undefined, wasEnded, isEnded),
      import: importId === null ? null : { id: importId, fileName: fileName ?? '' },
      rule,
      caseId,
      by,
      fields: before
        ? entityChanges(before, state)
            .filter(({ field }) => field !== 'ended_at')
            .map(withoutContacts)
        : [],
    };
  });
}

/** Former contacts are nobody's business: that they changed is enough. */
function withoutContacts(change: FieldChange): FieldChange {
  const mask = { contact_name: maskedPerson, contact_phone: maskPhone }[change.field as string];
  return mask ? { ...change, before: change.before.map(mask), after: change.after.map(mask) } : change;
}

function kindOf(isFirst: boolean, wasEnded: boolean, isEnded: boolean) {
  if (isFirst) return 'entered' as const;
  if (isEnded && !wasEnded) return 'left' as const;
  return wasEnded && !isEnded ? ('returned' as const) : ('changed' as const);
}
