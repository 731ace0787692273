/** The matrix: every endpoint × every role × own, foreign department, foreign region, and what the table of permissions says. */
import { contract } from '../../api/contract';
import { PERMISSIONS } from '../../domain/permissions/table';
import { ROLES, type Role } from '../../domain/roles';
import type { Caller, EndpointId, Sent } from '../integration/api/support';
import { BOUNDS } from './bounds';
import type { Relation } from './scene';

export interface Cell {
  id: EndpointId;
  role: Role;
  relation: Relation;
  admitted: boolean;
}

export const RELATIONS: readonly Relation[] = ['foreign department', 'foreign region', 'own'];

export const ENDPOINTS = Object.keys(contract) as EndpointId[];

const cellsOf = (id: EndpointId): Cell[] => {
  const { who, scope } = PERMISSIONS[id];
  const bounds = BOUNDS[scope];
  return ROLES.flatMap((role) =>
    RELATIONS.map((relation) => {
      const inBounds = {
        own: bounds.own,
        'foreign department': bounds.department,
        'foreign region': bounds.region,
      }[relation].includes(role);
      return { id, role, relation, admitted: (typeof who === 'string' || who.includes(role)) && inBounds };
    }),
  );
};

export const CELLS = ENDPOINTS.flatMap(cellsOf);

export const SIZE = `${ENDPOINTS.length} endpoints × ${ROLES.length} roles × ${RELATIONS.length} relations = ${CELLS.length} cells`;

/** The door asks for the role alone: whose department or region does not matter there. */
export const isAtTheDoor = ({ id, role }: Pick<Cell, 'id' | 'role'>): boolean => {
  const { who } = PERMISSIONS[id];
  return typeof who !== 'string' && !who.includes(role);
};

export const isRead = (id: EndpointId): boolean => contract[id].method === 'get';

/** Nothing is asked of the record: whose department or region it is makes no difference. */
export const isFree = (id: EndpointId): boolean => {
  const { own, department, region } = BOUNDS[PERMISSIONS[id].scope];
  return [own, department, region].every((roles) => roles.length === ROLES.length);
};

/**
 * What is answered, also where the API's document does not tell of it: with the checks of the API switched off people come to
 * answers that nobody gets.
 */
export async function answerOf(
  who: Caller,
  id: EndpointId,
  sent: Sent,
): Promise<{ status: number; told: string; type: string }> {
  try {
    const { status, body } = await who.call(id, sent);
    const { type = '' } = (body ?? {}) as { type?: string };
    return { status, told: typeof body === 'string' ? body : JSON.stringify(body ?? ''), type };
  } catch (error) {
    const [, status] = /answers ([45]\d\d), which the document does not tell of/.exec(String(error)) ?? [];
    if (status === undefined) throw error;
    return { status: Number(status), told: '', type: '' };
  }
}

/** All of them, some at a time, in whatever order they come to their end. */
export async function each<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  // A request may hold a connection and ask for a second one; the pool has ten.
  atOnce = 4,
): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
    }),
  );
}
