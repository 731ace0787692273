/** The public value of a ceremony as two persons enter it; the agreed one becomes a contribution. */
import type { Knex } from 'knex';
import type { PublicEntry } from '../domain/draw/public-value';
import type { Role } from '../domain/roles';

export interface PublicEntryRow extends PublicEntry {
  round: number;
  place: 1 | 2;
  enteredBy: number;
  department: string;
  departmentName: string;
  role: Role;
  enteredAt: Date;
}

/** In the order in which they were entered. */
export async function readPublicEntries(
  db: Knex,
  ceremonyId: number,
  contributor?: string,
): Promise<PublicEntryRow[]> {
  const query = db('public_value_entries as e')
    .join('departments as d', 'd.code', 'e.department_code')
    .where('e.ceremony_id', ceremonyId)
    .orderBy(['e.round', 'e.place'])
    .select<PublicEntryRow[]>({
      round: 'e.round',
      place: 'e.place',
      value: 'e.value',
      number: 'e.number',
      drawnOn: 'e.drawn_on',
      source: 'e.source',
      enteredBy: 'e.entered_by',
      department: 'e.department_code',
      departmentName: 'd.name',
      role: 'e.role',
      enteredAt: 'e.entered_at',
    });
  if (contributor !== undefined) void query.where('e.contributor', contributor);
  return query;
}

export async function insertPublicEntry(
  trx: Knex,
  ceremonyId: number,
  contributor: string,
  entry: Omit<PublicEntryRow, 'departmentName'>,
): Promise<void> {
  await trx('public_value_entries').insert({
    ceremony_id: ceremonyId,
    contributor,
    round: entry.round,
    place: entry.place,
    value: entry.value,
    number: entry.number,
    drawn_on: entry.drawnOn,
    source: entry.source,
    entered_by: entry.enteredBy,
    department_code: entry.department,
    role: entry.role,
    entered_at: entry.enteredAt,
  });
}
