/** Inspection items, their versions and check forms (plan 3.1, 3.4). */
import type { Knex } from 'knex';
import type { LegalBasis } from '../domain/items/basis';
import type { CheckFormSection } from '../domain/items/check-form';

export type ItemStatus = 'draft' | 'submitted' | 'published' | 'superseded' | 'withdrawn';

export interface ItemRow {
  version_id: number;
  code: string;
  department: string;
  version: number;
  status: ItemStatus;
  name: string;
  content: string;
  category: 'key' | 'general';
  methods: ('on-site' | 'documentary' | 'online')[];
  legal_bases: LegalBasis[];
  object_tags: string[];
  object_regions: string[];
  qualifications: string[];
  ratio_ppm: number | null;
  statutory_ratio_ppm: number | null;
  frequency: string;
  statutory_frequency: string;
  change_reason: string;
  submitted_by: number | null;
  published_at: Date | null;
  ended_at: Date | null;
  end_reason: string;
  returned_reason: string | null;
  sections: CheckFormSection[];
  opinions: string[];
}

export interface ItemFilter {
  code?: string;
  department?: string;
  status?: ItemStatus;
  afterCode?: string;
  limit: number;
}

const VERSION = `v.id as version_id, i.code, i.department_code as department, v.version, v.status, v.name, v.content,
            v.category, v.methods, v.legal_bases, v.object_tags, v.object_regions, v.qualifications, v.ratio_ppm,
            v.statutory_ratio_ppm, v.frequency, v.statutory_frequency, v.change_reason, v.submitted_by, v.published_at,
            v.ended_at, v.end_reason, v.returned_reason, coalesce(f.sections, '[]') as sections,
            coalesce(f.opinions, '{}') as opinions`;

/** The newest version of each item; with a status, the newest version in that status. */
export async function listItems(db: Knex, filter: ItemFilter): Promise<ItemRow[]> {
  const { rows } = await db.raw<{ rows: ItemRow[] }>(
    `select ${VERSION}
       from items i
       join lateral (select * from item_versions where item_code = i.code
                      and (cast(:status as text) is null or status = :status) order by version desc limit 1) v on true
       left join check_forms f on f.id = v.check_form_id
      where (cast(:code as text) is null or i.code = :code)
        and (cast(:department as text) is null or i.department_code = :department)
        and (cast(:after as text) is null or i.code > :after)
      order by i.code limit :limit`,
    {
      code: filter.code ?? null,
      department: filter.department ?? null,
      status: filter.status ?? null,
      after: filter.afterCode ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

export interface VersionFilter {
  code?: string;
  department?: string;
  /** Only what was ever in force: published, superseded or withdrawn. */
  isPublic?: boolean;
}

/** All versions of items, by code, the newest first: some thousands in a city at most. */
export async function listVersions(db: Knex, filter: VersionFilter): Promise<ItemRow[]> {
  const { rows } = await db.raw<{ rows: ItemRow[] }>(
    `select ${VERSION}
       from items i
       join item_versions v on v.item_code = i.code
       left join check_forms f on f.id = v.check_form_id
      where (cast(:code as text) is null or i.code = :code)
        and (cast(:department as text) is null or i.department_code = :department)
        and (not :isPublic or v.status in ('published', 'superseded', 'withdrawn'))
      order by i.code, v.version desc`,
    {
      code: filter.code ?? null,
      department: filter.department ?? null,
      isPublic: filter.isPublic ?? false,
    },
  );
  return rows;
}

export interface ItemContent {
  name: string;
  content: string;
  category: 'key' | 'general';
  methods: string[];
  legalBases: unknown[];
  objectTags: string[];
  objectRegions: string[];
  qualifications: string[];
  ratioPpm: number | null;
  statutoryRatioPpm: number | null;
  frequency: string;
  statutoryFrequency: string;
  changeReason: string;
  checkForm: unknown[];
  /** Handling opinions that the form offers. */
  opinions: string[];
}

export async function insertItem(trx: Knex, code: string, department: string): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into items (code, department_code) values (?, ?) on conflict do nothing`,
    [code, department],
  );
  return rowCount > 0;
}

export async function insertVersion(
  trx: Knex,
  code: string,
  version: number,
  content: ItemContent,
  createdBy: number | null,
): Promise<void> {
  await trx('item_versions').insert({
    item_code: code,
    version,
    created_by: createdBy,
    ...columnsOf(content),
    check_form_id: await storeForm(trx, code, content),
  });
}

export async function updateVersion(
  trx: Knex,
  version: Pick<ItemRow, 'version_id' | 'code'>,
  content: ItemContent,
): Promise<void> {
  await trx('item_versions')
    .where({ id: version.version_id })
    .update({
      ...columnsOf(content),
      check_form_id: await storeForm(trx, version.code, content),
    });
}

/** The item's form with this content, under the next number where it has none like it; null where there is nothing. */
async function storeForm(
  trx: Knex,
  code: string,
  { checkForm, opinions }: Pick<ItemContent, 'checkForm' | 'opinions'>,
): Promise<number | null> {
  if (checkForm.length === 0 && opinions.length === 0) return null;
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `with known as (
       select id from check_forms where item_code = :code and sections = cast(:sections as jsonb)
          and opinions = cast(:opinions as text[])
        order by version desc limit 1),
     added as (
       insert into check_forms (item_code, version, sections, opinions)
       select :code, coalesce(max(version), 0) + 1, cast(:sections as jsonb), cast(:opinions as text[])
         from check_forms where item_code = :code
       having not exists (select from known)
       returning id)
     select id from known union all select id from added`,
    { code, sections: JSON.stringify(checkForm), opinions },
  );
  return rows[0]?.id ?? null;
}

export async function setVersion(
  trx: Knex,
  versionId: number,
  change: Partial<{
    status: ItemStatus;
    submitted_by: number;
    submitted_at: Date;
    published_by: number;
    published_at: Date;
    ended_at: Date;
    end_reason: string;
    returned_reason: string | null;
  }>,
): Promise<void> {
  await trx('item_versions').where({ id: versionId }).update(change);
}

/** Ends the version that was published until now. */
export async function supersede(trx: Knex, code: string, at: Date): Promise<void> {
  await trx('item_versions')
    .where({ item_code: code, status: 'published' })
    .update({ status: 'superseded', ended_at: at });
}

function columnsOf(content: ItemContent) {
  return {
    name: content.name,
    content: content.content,
    category: content.category,
    methods: content.methods,
    legal_bases: JSON.stringify(content.legalBases),
    object_tags: content.objectTags,
    object_regions: content.objectRegions,
    qualifications: content.qualifications,
    ratio_ppm: content.ratioPpm,
    statutory_ratio_ppm: content.statutoryRatioPpm,
    frequency: content.frequency,
    statutory_frequency: content.statutoryFrequency,
    change_reason: content.changeReason,
  };
}
