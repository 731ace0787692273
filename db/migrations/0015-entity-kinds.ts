import type { Knex } from 'knex';

/**
 * Entities that no rule of a draw tells apart, but for their visits, have a number in common. A freeze then compares one
 * number where it compared lists of tags, and reads codes and numbers in order from an index alone.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table entity_kinds (
      id int generated always as identity primary key,
      region_code text not null,
      draw_class char(1) not null,
      tags text[] not null,
      unique (region_code, draw_class, tags)
    );
    insert into entity_kinds (region_code, draw_class, tags)
    select distinct region_code, draw_class, tags from entities;

    -- No foreign key: only the trigger below writes it, and checking millions of rows once more is dear.
    alter table entities add column kind_id int;
    update entities e set kind_id = k.id from entity_kinds k
     where (k.region_code, k.draw_class, k.tags) = (e.region_code, e.draw_class, e.tags);
    alter table entities alter column kind_id set not null;

    create function entity_kind() returns trigger language plpgsql as $$
    begin
      loop
        select id into new.kind_id from entity_kinds
         where region_code = new.region_code and draw_class = new.draw_class and tags = new.tags;
        exit when found;
        -- What another transaction adds at the same time is found the next time round.
        insert into entity_kinds (region_code, draw_class, tags)
        values (new.region_code, new.draw_class, new.tags) on conflict do nothing;
      end loop;
      return new;
    end $$;
    create trigger entity_kind_of_new before insert on entities
      for each row execute function entity_kind();
    create trigger entity_kind_of_changed before update on entities
      for each row
      when ((new.region_code, new.draw_class, new.tags, new.kind_id)
            is distinct from (old.region_code, old.draw_class, old.tags, old.kind_id))
      execute function entity_kind();

    create function entity_kinds_stay() returns trigger language plpgsql as $$
    begin
      raise exception 'entity_kinds: entities may refer to them';
    end $$;
    create trigger entity_kinds_stay before update or delete or truncate on entity_kinds
      for each statement execute function entity_kinds_stay();

    create index entities_by_code on entities (credit_code) include (kind_id)
     where ended_at is null and status = 'active';

    drop statistics entities_alike;
  `);
}

export { down } from './0001-organisation';
