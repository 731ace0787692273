/** Whom to call at an entity, and whether somebody's visits give a reason to. */
import type { Knex } from 'knex';
import type { OwnVisits } from '../domain/privacy/fields';

/** The person's unfinished visits at the entity, and whether one is agreed for the day. */
export async function readOwnVisits(
  db: Knex,
  userId: number,
  creditCode: string,
  today: string,
): Promise<OwnVisits> {
  const { rows } = await db.raw<{ rows: [{ of_team: boolean | null; today: boolean | null }] }>(
    `select bool_or(true) as of_team, bool_or(d.day is not null) as today
       from inspectors i
       join assignments a on a.inspector_id = i.id
       join visits v on v.id = a.visit_id and v.finished_at is null
       join entities e on e.id = v.entity_id
       left join visit_days d on d.visit_id = v.id and d.replaced_at is null and d.fixed_at is not null and d.day = :today
      where i.user_id = :userId and e.credit_code = :creditCode`,
    { userId, creditCode, today },
  );
  return { isOfTeam: rows[0].of_team ?? false, isToday: rows[0].today ?? false };
}

export interface Contact {
  name: string;
  phone: string;
}

export async function readContact(db: Knex, creditCode: string): Promise<Contact> {
  const row = await db('entities')
    .where({ credit_code: creditCode })
    .first<Contact | undefined>({ name: 'contact_name', phone: 'contact_phone' });
  return row ?? { name: '', phone: '' };
}
