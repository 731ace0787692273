import type { Knex } from 'knex';
import { USUAL_PREFERENCES, type NoticePreferences } from '../domain/notices/preferences';

export async function readPreferences(db: Knex, userId: number): Promise<NoticePreferences> {
  const row = await db('notice_preferences')
    .where({ user_id: userId })
    .first<NoticePreferences | undefined>('mail', 'messenger');
  return row ?? USUAL_PREFERENCES;
}

export async function storePreferences(
  trx: Knex,
  userId: number,
  preferences: NoticePreferences,
): Promise<void> {
  await trx('notice_preferences')
    .insert({ user_id: userId, ...preferences })
    .onConflict('user_id')
    .merge();
}
