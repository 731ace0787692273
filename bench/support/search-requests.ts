/** What people ask of the registry while they type, each with the SQL that somebody would write for it by hand. */
import type { Knex } from 'knex';
import type { EntityPage } from '../../db/registries';
import { DEPARTMENT, PROVINCE } from './search-registry';

export interface SearchRequest {
  kind: string;
  page: EntityPage;
  sql: string;
  values: unknown[];
}

/** As the API asks for a page of 50: one more tells whether another follows. */
const LIMIT = 51;
const EACH = 20;

interface Sample {
  name: string;
  credit_code: string;
  region_code: string;
  tags: string[];
  draw_class: 'A' | 'B' | 'C' | 'D';
  industry_code: string;
}

type Filter = Omit<EntityPage, 'limit'>;

/** Kinds of requests; each is asked about twenty entities from all over the registry. */
const KINDS: Record<string, (sample: Sample, at: number) => Filter> = {
  'two characters of the name': ({ name }) => ({ q: name.slice(3, 5) }),
  'three or four characters': ({ name }, at) => ({ q: name.slice(2, 5 + (at % 2)) }),
  'a trade, which many names have': ({ name }) => ({ q: name.slice(5, 7) }),
  'a name that nobody has': (_, at) => ({ q: `无此${'甲乙丙丁戊己庚辛壬癸'.charAt(at % 10)}` }),
  'start of a code': ({ credit_code }, at) => ({ q: credit_code.slice(0, 4 + (at % 11)) }),
  city: ({ region_code }) => ({ region: cityOf(region_code) }),
  county: ({ region_code }) => ({ region: region_code }),
  class: ({ draw_class }) => ({ drawClass: draw_class }),
  tag: ({ tags }) => ({ tag: tags[0] ?? '' }),
  'class, tag': ({ draw_class, tags }) => ({ drawClass: draw_class, tag: tags[0] ?? '' }),
  'city, class': ({ region_code, draw_class }) => ({ region: cityOf(region_code), drawClass: draw_class }),
  'city, tag': ({ region_code, tags }) => ({ region: cityOf(region_code), tag: tags[0] ?? '' }),
  'city, class, tag': ({ region_code, draw_class, tags }) => ({
    ...{ region: cityOf(region_code), drawClass: draw_class, tag: tags.at(-1) ?? '' },
  }),
  'county, class, tag': ({ region_code, draw_class, tags }) => ({
    ...{ region: region_code, drawClass: draw_class, tag: tags.at(-1) ?? '' },
  }),
  'the next page of city, tag': ({ region_code, tags }) => ({
    ...{ region: cityOf(region_code), tag: tags[0] ?? '', after: 1000 },
  }),
  'two characters, city': ({ name, region_code }) => ({ q: name.slice(3, 5), region: cityOf(region_code) }),
  'a trade, another city': ({ name, region_code }) => ({
    q: name.slice(5, 7),
    region: otherCity(region_code),
  }),
  'two characters, class, tag': ({ name, draw_class, tags }) => ({
    ...{ q: name.slice(3, 5), drawClass: draw_class, tag: tags[0] ?? '' },
  }),
  'a department’s registry': () => ({ department: DEPARTMENT }),
  'a department’s registry, county': ({ region_code }) => ({ department: DEPARTMENT, region: region_code }),
  industry: ({ industry_code }, at) => ({ industry: industry_code.slice(0, [1, 3, 5][at % 3]) }),
  'industry, city': ({ industry_code, region_code }) => ({
    ...{ industry: industry_code.slice(0, 3), region: cityOf(region_code) },
  }),
  flag: () => ({ flag: 'dishonesty' }),
  'complaints, city': ({ region_code }) => ({ flag: 'complaints', region: cityOf(region_code) }),
  'revoked, city': ({ region_code }) => ({ status: 'revoked', region: cityOf(region_code) }),
};

const cityOf = (region: string): string => `${region.slice(0, 4)}00`;
const otherCity = (region: string): string => `69${region.startsWith('6901') ? '11' : '01'}00`;

export async function searchRequests(db: Knex): Promise<SearchRequest[]> {
  const { rows } = await db.raw<{ rows: Sample[] }>(
    `select e.* from generate_series(1, :each) n
      cross join lateral (select * from entities where ended_at is null and tags <> '{}'
                             and id > n * (select max(id) from entities) / (cast(:each as int) + 1)
                           order by id limit 1) e`,
    { each: EACH },
  );
  return Object.entries(KINDS).flatMap(([kind, filterOf]) =>
    rows.map((sample, at) => {
      const page = { ...filterOf(sample, at), areas: [PROVINCE], limit: LIMIT };
      return { kind, page, ...byHand(page) };
    }),
  );
}

/** The same indexes, one statement, nothing that the question doesn't need. */
function byHand(page: EntityPage): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const $ = (value: unknown) => `$${values.push(value)}`;
  const { q, region, tag, drawClass, industry, flag, department, status, after } = page;
  const isCode = q !== undefined && /^[0-9]/.test(q);
  const conditions = ['ended_at is null'];
  if (q !== undefined && isCode) conditions.push(`credit_code like ${$(`${q}%`)}`);
  if (q !== undefined && !isCode) {
    const pairs = [...q].slice(1).map((character, at) => `${q.charAt(at)}${character}`);
    conditions.push(`name_parts(name) @> ${$(pairs)}`);
    if (pairs.length > 1) conditions.push(`strpos(name, ${$(q)}) > 0`);
  }
  if (region !== undefined) {
    conditions.push(
      region.endsWith('00')
        ? `region_code like ${$(`${region.slice(0, 4)}%`)}`
        : `region_code = ${$(region)}`,
    );
  }
  if (drawClass !== undefined) conditions.push(`draw_class = ${$(drawClass)}`);
  if (tag !== undefined) conditions.push(`tags @> ${$([tag])}`);
  if (industry !== undefined)
    conditions.push(`industry_code <> '' and industry_code like ${$(`${industry}%`)}`);
  if (flag === 'complaints') conditions.push('complaints > 0');
  else if (flag !== undefined) conditions.push(`flags <> '{}' and flags @> ${$([flag])}`);
  if (status !== undefined) conditions.push(`status <> 'active' and status = ${$(status)}`);
  if (department) {
    conditions.push(
      `(tags && ${$(department.tags)} or listed_by <> '{}' and listed_by @> ${$([department.code])})`,
    );
  }
  if (after !== undefined) conditions.push(`id > ${$(after)}`);
  const sql = `select ${COLUMNS} from entities where ${conditions.join(' and ')}
                order by ${isCode ? 'credit_code' : 'id'} limit ${LIMIT}`;
  return { sql, values };
}

const COLUMNS = `id, credit_code, name, status, region_code, entity_type, business_scope, address, established_on, tags,
                 risk_class, draw_class, flags, complaints, industry_code, contact_name, contact_phone, listed_by`;
