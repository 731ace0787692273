/** How many mails a mail server takes at this moment: one bucket for all processes that send through it. */
import type { Knex } from 'knex';

/**
 * Takes up to `wanted` tokens from a relay's bucket, which holds `burst` and gains `perSecond`; returns how many there
 * were. All processes that send through the relay take from the same bucket.
 */
export async function takeTokens(
  db: Knex,
  relay: string,
  wanted: number,
  { perSecond, burst }: { perSecond: number; burst: number },
): Promise<number> {
  return db.transaction(async (trx) => {
    const clock = trx.raw('clock_timestamp()');
    await trx('mail_relays')
      .insert({ relay, tokens: burst, refilled_at: clock })
      .onConflict('relay')
      .ignore();
    const { rows } = await trx.raw<{ rows: [{ tokens: number }] }>(
      `select least(:burst, tokens + :perSecond * greatest(0, extract(epoch from clock_timestamp() - refilled_at)))::float8
                as tokens
         from mail_relays where relay = :relay for update`,
      { relay, perSecond, burst },
    );
    const taken = Math.floor(Math.min(wanted, rows[0].tokens));
    await trx('mail_relays')
      .where({ relay })
      .update({ tokens: rows[0].tokens - taken, refilled_at: clock });
    return taken;
  });
}

/** Puts tokens back that nothing was sent for; the bucket's size limits them when it is next taken from. */
export async function returnTokens(db: Knex, relay: string, unused: number): Promise<void> {
  await db('mail_relays').where({ relay }).increment('tokens', unused);
}
