/** Conditions on areas; `:areas` are the starts of region codes (domain/roles.ts), null for everywhere. */

/** The entity `e` is inside one of the areas. */
export const ENTITY_IN_AREAS = `exists (
  select 1 from unnest(cast(:areas as text[])) a where starts_with(e.region_code, a))`;

/** The campaign `c` has a region inside or around one of the areas. */
export const CAMPAIGN_IN_AREAS = `exists (
  select 1 from unnest(c.region_codes) r, unnest(cast(:areas as text[])) a
   where starts_with(r, a) or starts_with(a, regexp_replace(r, '(00)+$', '')))`;
