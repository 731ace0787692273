/** What must hold of a campaign that went through any number of crashes. */
import type { Knex } from 'knex';
import { visitRows } from '../../../db/bundle';
import { readCampaign } from '../../../db/campaigns';
import type { Officials } from '../../../server/demo/officials';
import { homePaths } from '../../../server/home';
import { MailStore } from '../../../server/services/mail-store';
import { groupBy } from '../../../domain/group-by';
import { until } from '../../support/until';
import { readBundle, recomputeDraw } from './recompute-draw';

export interface DrawnVisit {
  visit: number;
  code: string;
  items: string;
  people: string;
}

/** The visits with their teams, as they are stored. */
export async function readVisits(db: Knex, code: string): Promise<DrawnVisit[]> {
  const { id } = await readCampaign(db, code);
  const teams = await db('visits')
    .leftJoin('assignments', 'assignments.visit_id', 'visits.id')
    .leftJoin('inspectors', 'inspectors.id', 'assignments.inspector_id')
    .where({ 'visits.campaign_id': id })
    .groupBy('visits.number')
    .select<{ number: number; people: string }[]>(
      'visits.number',
      db.raw(`string_agg(inspectors.code, ';' order by inspectors.code) as people`),
    );
  const peopleOf = new Map(teams.map((team) => [team.number, team.people]));
  const visits: DrawnVisit[] = [];
  for await (const rows of visitRows(db, id)) {
    visits.push(...rows.map((row) => ({ ...row, people: peopleOf.get(row.visit) ?? '' })));
  }
  return visits;
}

export async function expectOneVisitPerEntity(db: Knex, code: string): Promise<void> {
  const { id } = await readCampaign(db, code);
  const entities = await db('visits').where({ campaign_id: id }).pluck<number[]>('entity_id');
  expect(new Set(entities).size).toBe(entities.length);
}

/** The visits, as they are stored, are those that anyone recomputes from the campaign's public files. */
export async function expectRecomputed(
  officials: Officials,
  code: string,
  stored: readonly DrawnVisit[],
): Promise<void> {
  const zip = await officials.anybody().download(`/public/campaigns/${code}/bundle.zip`);
  const bundle = await readBundle(zip);
  const recomputed = recomputeDraw(bundle);
  expect(JSON.parse(bundle.get('contributions.json') ?? '')).toMatchObject({ seed: recomputed.seed });
  expect(bundle.get('drawn.csv')).toBe(recomputed.drawnCsv);
  expect(bundle.get('visits.csv')).toBe(recomputed.visitsCsv);
  const lines = stored.map(({ visit, code: entity, items }) => `${visit},${entity},${items}\n`).join('');
  expect(`visit,code,items\n${lines}`).toBe(recomputed.visitsCsv);
}

/** Every command of the procedure was carried out as often as it was given, and left one line in the audit log each. */
export async function expectStepsOnce(db: Knex, code: string, departments: number): Promise<void> {
  const { id } = await readCampaign(db, code);
  const steps = await db('campaign_steps').where({ campaign_id: id }).pluck<string[]>('key');
  const counts = countsOf(steps.map((key) => key.split(':')[0] ?? ''));
  expect(counts).toEqual({
    submit: 2,
    return: 1,
    approve: 1,
    freeze: 1,
    seal: departments,
    reveal: departments,
    recordPublicValue: 1,
    draw: 1,
    dispatch: 1,
    publish: 1,
    close: 1,
  });
  const logged = await db('audit_log')
    .where({ subject: `campaign/${code}` })
    .pluck<string[]>('action');
  expect(countsOf(logged.map((action) => action.replace('campaign.', '')))).toEqual({
    create: 1,
    recordWitness: 2,
    enterPublicValue: 2,
    'inspections.approve': departments,
    ...counts,
  });
}

/** Nobody owes anything, every result is published, every violation settled, one urging order for who was late. */
export async function expectAllSettled(db: Knex, code: string, late: string): Promise<void> {
  const { id, stage } = await readCampaign(db, code);
  expect(stage).toBe('closed');
  expect(await db('tasks').where({ campaign_id: id }).whereNull('done_at').whereNull('cancelled_at')).toEqual(
    [],
  );
  const results = await db('visit_items')
    .join('visits', 'visits.id', 'visit_items.visit_id')
    .where({ campaign_id: id });
  expect(results.filter((result: { result_code: number | null }) => result.result_code === null)).toEqual([]);
  expect(await db('published_results').where({ campaign_id: id })).toHaveLength(results.length);
  expect(await db('handling_cases').where({ campaign_id: id }).whereNot({ status: 'closed' })).toEqual([]);
  const orders = await db('urging_orders').where({ campaign_id: id }).pluck<string[]>('department_code');
  expect(countsOf(orders)).toEqual({ [late]: 1 });
}

interface MailRow {
  id: number;
  message_id: string;
  recipient_email: string;
  subject: string;
  status: string;
  attempts: number;
  sent_at: Date | null;
}

/** Longer than the claim of a worker that died while it was sending. */
export const OUTBOX_EMPTIES_MS = 180_000;

/** Every notice of a campaign that is due went into one mail of its recipient. */
export async function expectAllTold(db: Knex, code: string): Promise<void> {
  const { id } = await readCampaign(db, code);
  const [all] = await db('notices').where({ campaign_id: id }).count<{ count: number }[]>();
  expect(all?.count).toBeGreaterThan(0);
  // Who composes the mails may have died just now.
  await until(
    () =>
      db('notices')
        .where({ campaign_id: id })
        .whereNull('mail_id')
        .where('not_before', '<=', new Date())
        .pluck<string[]>('key'),
    (untold) => untold.length === 0,
    OUTBOX_EMPTIES_MS,
  );
  const foreign = await db('notices')
    .join('mails', 'mails.id', 'notices.mail_id')
    .where({ campaign_id: id })
    .whereRaw('mails.recipient_id <> notices.recipient_id');
  expect(foreign).toEqual([]);
}

/**
 * What is guaranteed of mails, and no more: every mail was recorded as sent, once, but for those that the server refused for
 * good; after that it was not sent again. Where a crash or a broken line lay between the server's confirmation and our record
 * the mail arrived before, with the same Message-ID, once per attempt that nobody could record.
 */
export async function expectMailsOnce(
  db: Knex,
  mailHome: string,
  { refused = [], patienceMs = OUTBOX_EMPTIES_MS }: { refused?: readonly string[]; patienceMs?: number } = {},
): Promise<{ sent: number; repeated: number }> {
  // A bulletin's mails are of no campaign: whoever waited for the campaign's did not wait for them.
  await until(
    () => db('mails').whereIn('status', ['created', 'sending']).pluck<number[]>('id'),
    (open) => open.length === 0,
    patienceMs,
  );
  const mails = await db<MailRow>('mails').select();
  const isRefused = (mail: MailRow) => refused.includes(mail.message_id);
  expect(
    mails.filter((mail) => !isRefused(mail) && (mail.status !== 'sent' || mail.sent_at === null)),
  ).toEqual([]);
  // Who died between the refusal and its record asks once more, and the server takes it.
  const mayBeSent = (mail: MailRow) => mail.status === 'sent' && mail.attempts > 1;
  expect(
    mails.filter((mail) => isRefused(mail) && mail.status !== 'permanent-failure' && !mayBeSent(mail)),
  ).toEqual([]);
  const sent = mails.filter((mail) => mail.status === 'sent');
  const store = await MailStore.open(homePaths(mailHome).mail);
  const arrived = groupBy(store.list({ limit: Infinity }), (mail) => mail.messageId);
  expect([...arrived.keys()].filter((id) => !refused.includes(id)).sort()).toEqual(
    sent
      .filter((mail) => !isRefused(mail))
      .map((mail) => mail.message_id)
      .sort(),
  );
  for (const mail of mails) {
    const copies = arrived.get(mail.message_id) ?? [];
    expect(copies.length).toBeLessThanOrEqual(mail.attempts);
    for (const copy of copies) {
      expect(copy).toMatchObject({ to: [mail.recipient_email], subject: mail.subject });
      if (mail.sent_at) expect(Date.parse(copy.date)).toBeLessThanOrEqual(mail.sent_at.getTime());
    }
  }
  return { sent: sent.length, repeated: mails.filter((mail) => mail.attempts > 1).length };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
