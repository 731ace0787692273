/** What PostgreSQL itself says of a command that a workflow is to carry out, by what the person was granted (migration 0096). */
import type { Knex } from 'knex';

export const mayCommandCampaign = (db: Knex, campaign: string, command: string): Promise<boolean> =>
  says(db, 'acting_commands(?, ?)', [campaign, command]);

export const mayCommandPlan = (db: Knex, command: string): Promise<boolean> =>
  says(db, 'acting_commands_plan(?)', [command]);

export const mayCommandBulletin = (db: Knex, region: string, command: string): Promise<boolean> =>
  says(db, 'acting_commands_bulletin(?, ?)', [region, command]);

/** Steps of a case: by the departments that found it, keep the list or join in, for where the entity is. */
export const mayHandle = (db: Knex, caseId: number): Promise<boolean> =>
  says(db, 'acting_handles(?)', [caseId]);

async function says(db: Knex, rule: string, values: (string | number)[]): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ may: boolean }] }>(`select ${rule} as may`, values);
  return rows[0].may;
}
