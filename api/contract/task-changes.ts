import { z } from 'zod';
import { pageQuery } from '../schemas/common';
import {
  delegation,
  delegationBody,
  delegationList,
  extensionDecision,
  extensionRequest,
  reassignment,
} from '../schemas/task-changes';
import { task, taskDetail } from '../schemas/tasks';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int() });

/** Longer time for a task, another person for it, and who stands in for somebody on leave. */
export const taskChangesContract = {
  listAwaitingTasks: endpoint({
    id: 'listAwaitingTasks',
    method: 'get',
    path: '/task-extensions',
    tag: 'tasks',
    summary: '等待审批延期的任务',
    query: pageQuery.pick({ limit: true }),
    answer: z.object({ rows: z.array(task) }),
  }),
  requestExtension: endpoint({
    id: 'requestExtension',
    method: 'post',
    path: '/tasks/{id}/extensions',
    tag: 'tasks',
    summary: '申请延期',
    params: id,
    body: extensionRequest,
    answer: taskDetail,
    status: 201,
    once: 'transaction',
  }),
  decideExtension: endpoint({
    id: 'decideExtension',
    method: 'post',
    path: '/task-extensions/{id}/decision',
    tag: 'tasks',
    summary: '批准或不批准延期',
    params: id,
    body: extensionDecision,
    answer: taskDetail,
    once: 'transaction',
  }),
  withdrawExtension: endpoint({
    id: 'withdrawExtension',
    method: 'post',
    path: '/task-extensions/{id}/withdraw',
    tag: 'tasks',
    summary: '撤回延期申请',
    params: id,
    answer: taskDetail,
    once: 'transaction',
  }),
  reassignTask: endpoint({
    id: 'reassignTask',
    method: 'post',
    path: '/tasks/{id}/assignee',
    tag: 'tasks',
    summary: '改派给本部门其他人',
    params: id,
    body: reassignment,
    answer: taskDetail,
    once: 'transaction',
  }),
  listDelegations: endpoint({
    id: 'listDelegations',
    method: 'get',
    path: '/delegations',
    tag: 'tasks',
    summary: '请假代办：本人的和本部门的',
    answer: delegationList,
  }),
  createDelegation: endpoint({
    id: 'createDelegation',
    method: 'post',
    path: '/delegations',
    tag: 'tasks',
    summary: '登记请假代办',
    body: delegationBody,
    answer: delegation,
    status: 201,
    once: 'transaction',
  }),
  endDelegation: endpoint({
    id: 'endDelegation',
    method: 'post',
    path: '/delegations/{id}/end',
    tag: 'tasks',
    summary: '提前结束请假代办',
    params: id,
    answer: delegation,
    once: 'transaction',
  }),
};
