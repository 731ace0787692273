import type { Task } from '../api/types';

/** The page where a task is done. */
export function placeOfTask(task: Task): string {
  if (task.campaign === null) return `/annual-plans/${task.planYear ?? ''}`;
  if (task.inspector !== null) {
    return `/campaigns/${task.campaign.code}?tab=amendments&replace=${task.inspector}`;
  }
  if (task.caseId !== null) return `/cases/${task.caseId}`;
  if (task.visitId !== null) return `/visits/${task.visitId}`;
  if (task.kind === 'approve-inspections') return `/campaigns/${task.campaign.code}?tab=inspections`;
  const tab = task.kind === 'answer-urging' ? '?tab=oversight' : '';
  return `/campaigns/${task.campaign.code}${tab}`;
}
