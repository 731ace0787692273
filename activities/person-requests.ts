/** A person asks what is stored of them, or wants it erased (PIPL art. 45, 47, 50): both go on record. */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { erasableTables, erasePerson, findPerson, listHeld, type Held, type Person } from '../db/person-data';
import { conflict, notFound } from '../domain/errors';

export interface Answer {
  person: Person;
  held: (Held & { isErasable: boolean })[];
}

export async function disclosePerson(
  db: Knex,
  kind: Person['kind'],
  code: string,
  reason: string,
): Promise<Answer> {
  const person = await knownPerson(db, kind, code);
  const erasable = erasableTables(kind);
  const held = await listHeld(db, person);
  await appendAudit(db, {
    ...{ actorId: null, action: 'personal-data.disclose', subject: subjectOf(kind, code) },
    after: { reason, tables: held.map(({ table }) => table) },
  });
  return { person, held: held.map((one) => ({ ...one, isErasable: erasable.includes(one.table) })) };
}

/** Rows by table. */
export function forgetPerson(
  db: Knex,
  kind: Person['kind'],
  code: string,
  reason: string,
): Promise<Record<string, number>> {
  return db.transaction(async (trx) => {
    const person = await knownPerson(trx, kind, code);
    if (!person.isGone && kind !== 'entity') {
      throw conflict(
        'still-in-office',
        kind === 'official'
          ? '账户仍在使用：联系方式是履职所必需的。请先停用账户，再删除。'
          : '执法人员仍在岗：联系方式是履职所必需的。请先登记离岗，再删除。',
      );
    }
    const erased = await erasePerson(trx, person);
    await appendAudit(trx, {
      ...{ actorId: null, action: 'personal-data.erase', subject: subjectOf(kind, code) },
      after: { reason, ...erased },
    });
    return erased;
  });
}

const subjectOf = (kind: Person['kind'], code: string): string =>
  `${kind === 'official' ? 'user' : kind}/${code}`;

const NAMES = { official: '用户', inspector: '执法人员', entity: '检查对象' };

async function knownPerson(db: Knex, kind: Person['kind'], code: string): Promise<Person> {
  const person = await findPerson(db, kind, code);
  if (!person) throw notFound('person-not-found', `没有${NAMES[kind]} ${code}`);
  return person;
}
