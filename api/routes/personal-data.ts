/** Personal data that was masked, shown on a click: who sees it, and whose it is, is on record before the answer. */
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { readContact, readOwnVisits } from '../../db/entity-contacts';
import { listInspectors } from '../../db/inspectors';
import { readFailedAddress } from '../../db/mail-views';
import { listObjections } from '../../db/objections';
import { listEntities } from '../../db/registries';
import { dayOf } from '../../domain/deadlines/working-days';
import { forbidden, invalidField, notFound } from '../../domain/errors';
import {
  FIELDS,
  relationsToEntity,
  relationsToInspector,
  relationsToMails,
  sightOn,
  type Field,
  type Relation,
} from '../../domain/privacy/fields';
import type { Actor } from '../../domain/roles';
import { areasOf } from '../areas-of';
import { personalDataContract as contract } from '../contract/personal-data';
import { implement } from '../implement';
import { noEntity } from '../registries/entity-of';
import { knownPapers } from '../visits/papers';
import { objectionsOf } from '../visits/objections';
import { seenVisit } from '../visits/seen-visit';

interface Known {
  relations: Relation[];
  values: Partial<Record<Field, string>>;
}

type Reader = (db: Knex, id: string, actor: Actor, today: string) => Promise<Known>;

const READERS: Record<(typeof FIELDS)[Field]['record'], Reader> = {
  inspector: async (db, code, actor) => {
    const [row] = await listInspectors(db, { code, limit: 1 });
    if (!row) throw notFound('inspector-not-found', `名录库中没有编号为“${code}”的执法人员。`);
    return {
      relations: relationsToInspector(actor, { userId: row.user_id, department: row.department_code }),
      values: {
        inspectorPhone: row.phone,
        inspectorMail: row.email ?? '',
        certificate: row.certificate_number,
      },
    };
  },

  entity: async (db, creditCode, actor, today) => {
    const [row] = await listEntities(db, { creditCode, areas: areasOf(actor), limit: 1 });
    if (!row) throw noEntity(creditCode);
    const own = await readOwnVisits(db, actor.id, creditCode, today);
    const { name, phone } = await readContact(db, creditCode);
    return {
      relations: relationsToEntity(actor, row.region_code, own),
      values: { contactName: name, contactPhone: phone },
    };
  },

  mail: async (db, id, actor) => {
    const address = await readFailedAddress(db, numberOf(id));
    // Whoever has nothing to do with mails is not told whether there is one.
    if (address === null && relationsToMails(actor).length > 0)
      throw notFound('mail-not-failed', `没有编号为 ${id} 的未送达邮件。`);
    return { relations: relationsToMails(actor), values: { mailAddress: address ?? '' } };
  },

  objection: async (db, id, actor) => {
    const [asked] = await listObjections(db, { id: numberOf(id) });
    if (!asked) throw notFound('objection-not-found', `没有编号为 ${id} 的异议。`);
    await seenVisit(db, asked.visit_id, actor);
    const shown = await objectionsOf(db, await knownPapers(db, asked.visit_id), actor);
    const isAnswering = shown.some((one) => one.id === asked.id && one.contactSight === 'on-request');
    return { relations: isAnswering ? ['answers'] : [], values: { objector: asked.contact } };
  },
};

export const personalDataRoutes = [
  implement(contract.revealPersonalData, async ({ body, actor, address, requestId }, { db, now }) => {
    const { record, id, reason } = body;
    const fields = [...new Set(body.fields)];
    if (fields.some((field) => FIELDS[field].record !== record))
      throw invalidField('other-record', 'fields', '所选的字段不属于这类记录。');
    const { relations, values } = await READERS[record](db, id, actor, dayOf(now()));
    const hidden = fields.filter((field) => sightOn(field, relations) === 'masked');
    if (hidden.length > 0) {
      const names = hidden.map((field) => FIELDS[field].zh).join('、');
      throw forbidden('not-needed', `${names}只向因职责需要的人员显示。`);
    }
    await appendAudit(db, {
      ...{ actorId: actor.id, action: 'personal-data.reveal', subject: `${record}/${id}` },
      ...{ address, requestId, after: { fields, reason } },
    });
    return { values: Object.fromEntries(fields.map((field) => [field, values[field] ?? ''])) };
  }),
];

function numberOf(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw invalidField('not-a-number', 'id', '编号应为数字。');
  return Number(id);
}
