/** Words that stand in records of the scene and nowhere else: an answer that has one of them tells of that record. */
import type { Knex } from 'knex';

/** Followed by the table that it is from. */
export const MARK = '印记';

/** Texts of records that are not for everybody. */
const MARKED: [table: string, column: string][] = [
  ['visit_items', 'opinion'],
  ['evidence', 'file_name'],
  ['corrections', 'reason'],
  ['task_extensions', 'reason'],
  ['tasks', 'note'],
  ['urging_orders', 'demand'],
  ['efforts', 'purpose'],
  ['exclusions', 'reason'],
  ['inspectors', 'phone'],
  ['visit_days', 'reason'],
  ['visit_traces', 'arrival_reason'],
  ['visit_ratings', 'remark'],
  ['recusal_requests', 'reason'],
  ['objections', 'reason'],
  ['inspection_approvals', 'note'],
  ['handling_events', 'note'],
  ['mails', 'subject'],
  ['delegations', 'reason'],
  ['amendments', 'reason'],
  ['bulletins', 'title'],
  ['import_refusals', 'value'],
];

interface Among {
  campaign: string;
  visit: number;
  /** It has a result of the health department's. */
  otherVisit: number;
  people: Record<string, number>;
  today: string;
}

interface Planted {
  evidence: number;
  recusal: number;
  objection: number;
  notice: number;
  import: number;
  delegation: number;
  amendment: number;
  simulation: number;
}

/** The number of the bulletin. */
export const BULLETIN = '2031-1';

/** Adds a record of each kind that the scene has none of, all of the same people and visits, and marks them. */
export async function plant(
  db: Knex,
  { campaign, visit, otherVisit, people, today }: Among,
): Promise<Planted> {
  const inspector = people['wjw-0001'] ?? 0;
  const liaison = people['wjw-liaison'] ?? 0;
  const at = new Date();
  const insert = async (table: string, row: object): Promise<number> => {
    const [made] = await db(table).insert(row).returning<{ id: number }[]>('id');
    return made?.id ?? 0;
  };
  const evidence = await insert('evidence', {
    ...{
      visit_id: visit,
      item_code: 'WJW-001',
      object_key: 'x',
      sha256: '0'.repeat(64),
      size: 1,
      type: 'jpeg',
    },
    ...{ file_name: 'x.jpg', uploaded_by: inspector, uploaded_at: at },
  });
  await db('result_drafts').insert({
    ...{ visit_id: visit, item_code: 'WJW-001', revision: 1, saved_by: inspector, saved_at: at },
    content: JSON.stringify({
      visitOn: null,
      resultCode: null,
      opinion: `${MARK}·result_drafts`,
      answers: {},
    }),
  });
  await insert('visit_days', {
    ...{
      visit_id: visit,
      number: 1,
      day: today,
      part: 'day',
      proposed_by: inspector,
      department_code: 'WJW',
    },
    proposed_at: at,
  });
  await db('visit_traces').insert({
    ...{ visit_id: otherVisit, arrived_at: at, arrival_by: inspector, arrival_reason: 'x', people: '[]' },
  });
  await db('visit_ratings').insert({ visit_id: otherVisit, stars: 3, remark: 'x', rated_at: at });
  const [inspectorId] = await db('inspectors').where({ code: 'WJW-0001' }).pluck<number[]>('id');
  const recusal = await insert('recusal_requests', {
    ...{ visit_id: visit, inspector_id: inspectorId, department_code: 'WJW', reason: 'x', asked_at: at },
  });
  const objection = await insert('objections', {
    ...{ visit_id: otherVisit, item_code: 'WJW-001', result_code: 1, reason: 'x', contact: '', asked_at: at },
  });
  await db('inspection_approvals').insert({
    ...{ visit_id: otherVisit, department_code: 'WJW', status: 'approved', decided_by: people['approver'] },
    ...{ decided_at: at, note: 'x' },
  });
  const notice = await insert('notices', {
    ...{ key: MARK, recipient_id: liaison, kind: 'inspections', not_before: at },
    params: JSON.stringify({ what: `${MARK}·notices` }),
  });
  await insert('mails', {
    ...{ message_id: 'x@onevisit.invalid', recipient_id: liaison, recipient_email: 'x@onevisit.invalid' },
    ...{ subject: 'x', body_text: 'x', body_html: 'x', status: 'permanent-failure', failed_at: at },
  });
  const delegation = await insert('delegations', {
    ...{ user_id: inspector, delegate_id: liaison, department_code: 'WJW', from_day: '2020-01-01' },
    ...{ until_day: '2020-01-02', reason: 'x', created_by: liaison, created_at: at },
  });
  const [campaignId] = await db('campaigns').where({ code: campaign }).pluck<number[]>('id');
  const amendment = await insert('amendments', {
    ...{ campaign_id: campaignId, kind: 'supplement', params: JSON.stringify({ strata: [] }), reason: 'x' },
    ...{ requested_by: people['lead'], requested_at: at },
  });
  const simulation = await insert('simulations', {
    ...{ campaign_id: campaignId, value: 'a', plan_hash: 'a', runs: 1, visits_per_day: 1, status: 'failed' },
    ...{ started_by: people['lead'], started_at: at, finished_at: at },
  });
  await insert('bulletins', {
    ...{
      number: BULLETIN,
      kind: 'special',
      from_day: today,
      to_day: today,
      region_code: '691101',
      title: 'x',
    },
    ...{ workflow_id: 'x', texts: JSON.stringify({ summary: '', reasons: '', demands: '' }), created_at: at },
    ...{ stage_at: at, stage: 'submitted', submitted_by: people['supervisor'] },
  });
  const file = await insert('imports', {
    ...{ kind: 'inspectors', mode: 'changes', dry_run: false, file_name: 'x.csv', status: 'done' },
    ...{ started_by: liaison, started_at: at, finished_at: at, departments: ['WJW'], refused: 1 },
  });
  await db('import_refusals').insert({
    ...{
      import_id: file,
      row_number: 2,
      column_name: 'name',
      value: 'x',
      reason: 'x',
      message: 'x',
      cells: '[]',
    },
  });
  // As the owner of a database would, past what triggers allow.
  await db.transaction(async (trx) => {
    await trx.raw(`set local session_replication_role = 'replica'`);
    for (const [table, column] of MARKED) {
      const rows = table === 'inspectors' ? "where department_code <> 'NYJ'" : '';
      await trx.raw(`update ${table} set ${column} = '${MARK}·${table}' ${rows}`);
    }
  });
  return { evidence, recusal, objection, notice, import: file, delegation, amendment, simulation };
}
