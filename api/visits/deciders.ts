/** Who decides on what is asked about a visit. */
import type { Knex } from 'knex';
import { usersWith } from '../../db/recipients';

/**
 * The department's heads where the entity is, but nobody of those who are to keep out of it; where there is no other
 * head, the leading group.
 */
export async function decidersOf(
  db: Knex,
  { department, region }: { department: string; region: string },
  keptOut: readonly number[],
): Promise<number[]> {
  const regions = [region];
  const free = (people: readonly number[]) => people.filter((id) => !keptOut.includes(id));
  const heads = free(await usersWith(db, { role: 'approver', department, regions }));
  return heads.length > 0
    ? heads
    : free(await usersWith(db, { role: 'approver', kind: 'leading-group', regions }));
}
