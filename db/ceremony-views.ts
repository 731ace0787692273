/** What those who watch a ceremony are shown of it. */
import type { Knex } from 'knex';

/** Until when the departments seal or reveal; null where nobody owes either. */
export async function readCeremonyDeadline(
  db: Knex,
  campaignId: number,
  ceremonyId: number,
  kind: 'seal' | 'reveal',
): Promise<Date | null> {
  const { rows } = await db.raw<{ rows: [{ due: Date | null }] }>(
    `select max(d.due_at) as due
       from tasks t join deadlines d on d.id = t.deadline_id
      where t.campaign_id = :campaign and t.kind = :kind and starts_with(t.key, :prefix)`,
    { campaign: campaignId, kind, prefix: `${kind}/${ceremonyId}/` },
  );
  return rows[0].due;
}

export async function countVisits(db: Knex, campaignId: number): Promise<number> {
  const [row] = await db('visits')
    .where({ campaign_id: campaignId })
    .count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}

/** Unfilled slots by department, with the rules that starve them. */
export async function readUnfilled(
  db: Knex,
  campaignId: number,
): Promise<{ department: string; missing: number; rules: string[] }[]> {
  const { rows } = await db.raw<{ rows: { department: string; missing: number; rules: string[] }[] }>(
    `select d.name as department, sum(s.missing)::int as missing,
            (array_agg(distinct s.rule))[1:5] as rules
       from unfilled_slots s
       join visits v on v.id = s.visit_id
       join departments d on d.code = s.department_code
      where v.campaign_id = ?
      group by d.code, d.name order by d.code`,
    [campaignId],
  );
  return rows;
}

export interface CeremonyLineRow {
  code: string;
  name: string;
  lead_name: string;
  number: number | null;
  status: 'planned' | 'sealing' | 'revealing' | 'drawn' | 'void';
  frozen_at: Date | null;
  ended_at: Date | null;
  void_reason: string | null;
  commitment: string | null;
  bundle_sha256: string | null;
}

/** To come and under way first, then the newest. */
export async function listCeremonies(db: Knex, limit: number): Promise<CeremonyLineRow[]> {
  const { rows } = await db.raw<{ rows: CeremonyLineRow[] }>(
    `select * from (
       select c.code, c.name, d.short_name as lead_name, null as number, 'planned' as status,
              cast(null as timestamptz) as frozen_at, cast(null as timestamptz) as ended_at,
              null as void_reason, null as commitment, null as bundle_sha256,
              0 as turn, c.id
         from campaigns c join departments d on d.code = c.lead_department
        where c.stage = 'approved'
       union all
       select c.code, c.name, d.short_name, y.number, y.status, y.frozen_at, y.ended_at,
              y.void_reason, y.commitment, y.bundle_sha256,
              case when y.status in ('sealing', 'revealing') then 0 else 1 end, y.id
         from ceremonies y
         join campaigns c on c.id = y.campaign_id
         join departments d on d.code = c.lead_department
     ) line
     order by turn, frozen_at desc nulls first, id desc limit :limit`,
    { limit },
  );
  return rows;
}
