/** Conditions on areas; `:areas` are the starts of region codes (domain/roles.ts), null for everywhere. */

/** The entity `e` is inside one of the areas. */
export const ENTITY_IN_AREAS = `exists (
  select 1 from unnest(cast(:areas as text[])) a where starts_with(e.region_code, a))`;

/** The campaign `c` has a region inside or around one of the areas. */
export const CAMPAIGN_IN_AREAS = `exists (
  select 1 from unnest(c.region_codes) r, unnest(cast(:areas as text[])) a
   where starts_with(r, a) or starts_with(a, regexp_replace(r, '(00)+$', '')))`;

/** Every region of the campaign `c` is inside the areas: so is all that is owed to it. */
const CAMPAIGN_INSIDE_AREAS = `not exists (
  select 1 from unnest(c.region_codes) r
   where not exists (select 1 from unnest(cast(:areas as text[])) a where starts_with(r, a)))`;

/**
 * What the task `t` is about is inside the areas: its entity; where it has none, its campaign, at least in part; of the
 * annual plan, whose department it is. The one place where lists and counts of tasks are limited to areas.
 */
export const TASK_IN_AREAS = `case
  when t.plan_year is not null then exists (
    select 1 from departments p, unnest(cast(:areas as text[])) a
     where p.code = t.department_code
       and (starts_with(p.region_code, a) or starts_with(a, regexp_replace(p.region_code, '(00)+$', ''))))
  when t.visit_id is null then exists (
    select 1 from campaigns c where c.id = t.campaign_id and ${CAMPAIGN_IN_AREAS})
  else exists (select 1 from campaigns c where c.id = t.campaign_id and ${CAMPAIGN_INSIDE_AREAS})
    or exists (select 1 from visits v join entities e on e.id = v.entity_id
                where v.id = t.visit_id and ${ENTITY_IN_AREAS}) end`;
