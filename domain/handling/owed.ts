import type { HandlingState, HandlingStep } from './course';

/** Who acts on a case: who inspected, the head of that department, the one who keeps the list, a department told of an entry. */
export type Post = 'handler' | 'head' | 'keeper' | 'joint' | 'nobody';

const POSTS: Partial<Record<HandlingStep, Post>> = {
  'extension-approved': 'head',
  'extension-refused': 'head',
  annulled: 'head',
  'listing-approved': 'keeper',
  'listing-refused': 'keeper',
  'repair-approved': 'keeper',
  'repair-refused': 'keeper',
  'joint-answered': 'joint',
  'joint-lifted': 'joint',
  'term-ended': 'nobody',
};

export const postOf = (step: HandlingStep): Post => POSTS[step] ?? 'handler';

/** Steps that decide on what somebody else submitted. */
export const isDecision = (step: HandlingStep): boolean => ['head', 'keeper'].includes(postOf(step));

export const CASE_TASKS = [
  'rectify',
  'decide-extension',
  'recheck',
  'decide',
  'hear',
  'decide-listing',
  'decide-repair',
] as const;
type CaseTask = (typeof CASE_TASKS)[number];

export interface OwedTask {
  kind: CaseTask;
  by: Exclude<Post, 'joint' | 'nobody'>;
}

/** Whether what was owed came to nothing by a step, where any other would have settled it. */
export const isMoot = (kind: string, step: HandlingStep | null): boolean =>
  step === 'annulled' || step === 'term-ended' || (step === 'rectified' && kind === 'decide-extension');

/** What is owed in a state; nothing where the case rests on a list, or waits for other departments, whose tasks are their own. */
export function owedIn({ track, status }: HandlingState): OwedTask[] {
  switch (status) {
    case 'open':
      return [{ kind: track === 'rectification' ? 'rectify' : 'decide', by: 'handler' }];
    case 'rectifying':
      return [{ kind: 'rectify', by: 'handler' }];
    case 'extension-requested':
      return [
        { kind: 'rectify', by: 'handler' },
        { kind: 'decide-extension', by: 'head' },
      ];
    case 'awaiting-recheck':
      return [{ kind: 'recheck', by: 'handler' }];
    case 'hearing':
      return [{ kind: 'hear', by: 'handler' }];
    case 'proposed':
      return [{ kind: 'decide-listing', by: 'keeper' }];
    case 'repair-requested':
      return [{ kind: 'decide-repair', by: 'keeper' }];
    case 'listed':
    case 'lifting':
    case 'closed':
      return [];
  }
}
