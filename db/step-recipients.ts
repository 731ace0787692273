/** Who hears of a step of a task's deadline (domain/deadlines/policy.ts). */
import type { Knex } from 'knex';
import type { Recipient } from '../domain/deadlines/policy';
import { usersWith } from './recipients';

interface WhoseTask {
  department: string;
  /** null: the department's. */
  assigneeId: number | null;
}

/** Reads each list once: for a sweep or a preview. `leadDepartment`: of the campaign; null: owed to the annual plan. */
export function stepRecipients(db: Knex) {
  const known = new Map<string, Promise<number[]>>();
  const once = (who: Parameters<typeof usersWith>[1]): Promise<number[]> => {
    const name = JSON.stringify(who);
    const list = known.get(name) ?? usersWith(db, who);
    known.set(name, list);
    return list;
  };
  const of = (
    recipient: Recipient,
    { department, assigneeId }: WhoseTask,
    leadDepartment: string | null,
  ): Promise<number[]> => {
    switch (recipient) {
      case 'responsible':
        return assigneeId === null ? once({ role: 'liaison', department }) : Promise.resolve([assigneeId]);
      case 'liaison':
        return once({ role: 'liaison', department });
      case 'head':
        return once({ role: 'approver', department });
      case 'lead':
        // The year's plan is led by the coordinator.
        return leadDepartment === null
          ? once({ role: 'coordinator' })
          : once({ role: 'lead_officer', department: leadDepartment });
      case 'supervision':
        return once({ role: 'supervisor' });
      case 'leading-group':
        return once({ role: 'approver', kind: 'leading-group' });
    }
  };
  return async (
    recipients: readonly Recipient[],
    task: WhoseTask,
    leadDepartment: string | null,
  ): Promise<number[]> => {
    // Where nobody holds what the policy names, it does not come to nobody.
    for (const named of [recipients, ['responsible'], ['supervision']] as const) {
      const lists = await Promise.all(named.map((recipient) => of(recipient, task, leadDepartment)));
      const people = [...new Set(lists.flat())];
      if (people.length > 0) return people;
    }
    return [];
  };
}
