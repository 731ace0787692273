import { covers } from '../regions/covers';
import type { Actor, Role } from '../roles';
import type { HandlingStep } from './course';
import { isDecision, postOf, type Post } from './owed';

export interface CaseScope {
  department: string;
  /** Of the list it is about; the department's own where none is. */
  keeper: string;
  region: string;
  /** Who submitted what waits for a decision. */
  submittedBy: number | null;
  /** Departments that owe an answer or the lifting of a measure. */
  answering: readonly string[];
}

const ROLES: Record<Exclude<Post, 'nobody'>, readonly Role[]> = {
  handler: ['liaison', 'inspector'],
  head: ['approver'],
  keeper: ['approver'],
  joint: ['liaison', 'approver'],
};

/** Why the actor may not take the step, or null: role × department × region, and nobody decides on what they submitted. */
export function whyNot(actor: Actor, step: HandlingStep, scope: CaseScope): 'post' | 'own-submission' | null {
  const post = postOf(step);
  if (post === 'nobody') return 'post';
  const departments =
    post === 'joint' ? scope.answering : [post === 'keeper' ? scope.keeper : scope.department];
  const holds = departments.some((department) => holdsPost(actor, post, department, scope.region));
  if (!holds) return 'post';
  return isDecision(step) && actor.id === scope.submittedBy ? 'own-submission' : null;
}

/** Whether the actor acts for the department in this post where the entity is. */
export const holdsPost = (
  actor: Actor,
  post: Exclude<Post, 'nobody'>,
  department: string,
  region: string,
): boolean =>
  actor.grants.some(
    (grant) =>
      grant.department === department && ROLES[post].includes(grant.role) && covers(grant.region, region),
  );
