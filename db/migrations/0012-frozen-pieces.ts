import type { Knex } from 'knex';

/**
 * Frozen populations in pieces of some ten thousand entities, sorted by code: a row, an index entry and a check of a
 * foreign key for each of millions of entities took most of a freeze. `frozen_entities` stays, as a view.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table frozen_groups (
      ceremony_id bigint not null references ceremonies (id),
      number int not null check (number between 0 and 9999999),
      stratum text collate "C" not null,
      items text[] collate "C" not null check (cardinality(items) > 0),
      primary key (ceremony_id, number)
    );

    create table frozen_pieces (
      ceremony_id bigint not null references ceremonies (id),
      number int not null check (number > 0),
      -- For each entity: code (18), region (6), number of its group (7 digits), line feed (domain/draw/records.ts).
      records text collate "C" not null check (octet_length(records) % 32 = 0),
      primary key (ceremony_id, number)
    );
    -- Compressing takes longer than writing.
    alter table frozen_pieces alter column records set storage external;

    insert into frozen_groups (ceremony_id, number, stratum, items)
    select ceremony_id, row_number() over (partition by ceremony_id order by stratum, items) - 1, stratum, items
      from (select distinct ceremony_id, stratum, items from frozen_entities) one;
    insert into frozen_pieces (ceremony_id, number, records)
    select ceremony_id, number, string_agg(record, '' order by credit_code)
      from (select f.ceremony_id, f.credit_code,
                   f.credit_code || f.region_code || lpad(g.number::text, 7, '0') || E'\\n' as record,
                   (row_number() over (partition by f.ceremony_id order by f.credit_code) - 1) / 32768 + 1 as number
              from frozen_entities f join frozen_groups g using (ceremony_id, stratum, items)) one
     group by ceremony_id, number;

    alter table drawn add column region_code text;
    alter table drawn add column items text[] collate "C";
    update drawn d set region_code = f.region_code, items = f.items
      from frozen_entities f where f.ceremony_id = d.ceremony_id and f.credit_code = d.credit_code;
    alter table drawn alter column region_code set not null;
    alter table drawn alter column items set not null;

    drop table frozen_entities;
    -- For questions about a whole population; one entity is not found faster than all.
    create view frozen_entities as
    select p.ceremony_id, left(r.record, 18) collate "C" as credit_code, substr(r.record, 19, 6) as region_code,
           g.stratum, g.items
      from frozen_pieces p
      cross join lateral string_to_table(rtrim(p.records, E'\\n'), E'\\n') as r (record)
      join frozen_groups g on g.ceremony_id = p.ceremony_id and g.number = substr(r.record, 25)::int;

    -- A freeze groups by these: without it the planner takes them for independent, expects far too many groups and
    -- does without the parallel plan.
    create statistics entities_alike (ndistinct) on region_code, draw_class, tags from entities;
  `);
}

export { down } from './0001-organisation';
