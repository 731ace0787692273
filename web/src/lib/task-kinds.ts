import { taskTexts } from '../i18n/zh/tasks';

export type TaskKind = keyof typeof taskTexts.task.kinds;
export const TASK_KINDS = Object.keys(taskTexts.task.kinds) as TaskKind[];

/** Which tasks a list is about. */
export interface TaskFilterValues {
  kind?: TaskKind | undefined;
  department?: string | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
}
