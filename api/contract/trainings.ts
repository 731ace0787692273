import { z } from 'zod';
import { keptTraining, training, trainingWithdrawal } from '../schemas/trainings';
import { endpoint } from './endpoint';

export const trainingsContract = {
  enterTraining: endpoint({
    id: 'enterTraining',
    method: 'post',
    path: '/inspectors/{code}/trainings',
    tag: 'registries',
    summary: '登记执法人员的培训',
    params: z.object({ code: z.string().min(1).max(40) }),
    body: training,
    answer: keptTraining,
    status: 201,
    once: 'transaction',
  }),
  withdrawTraining: endpoint({
    id: 'withdrawTraining',
    method: 'post',
    path: '/trainings/{id}/withdraw',
    tag: 'registries',
    summary: '撤销登记有误的培训（保留记录）',
    params: z.object({ id: z.coerce.number().int() }),
    body: trainingWithdrawal,
    answer: keptTraining,
    once: 'transaction',
  }),
};
