import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
import { simulation, simulationBody, simulationSummary } from '../schemas/simulations';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });
const roles = ['lead_officer', 'coordinator', 'approver', 'budget_officer'] as const;

/** Dry runs: nothing of them is a draw, and every answer says so. */
export const simulationsContract = {
  startSimulation: endpoint({
    id: 'startSimulation',
    method: 'post',
    path: '/campaigns/{code}/simulations',
    tag: 'simulations',
    summary: '模拟抽取（不是抽取）',
    access: roles,
    params: code,
    body: simulationBody,
    answer: simulation,
    status: 202,
  }),
  listSimulations: endpoint({
    id: 'listSimulations',
    method: 'get',
    path: '/campaigns/{code}/simulations',
    tag: 'simulations',
    summary: '做过的模拟',
    access: roles,
    params: code,
    query: pageQuery,
    answer: pageOf(simulationSummary),
  }),
  readSimulation: endpoint({
    id: 'readSimulation',
    method: 'get',
    path: '/campaigns/{code}/simulations/{id}',
    tag: 'simulations',
    summary: '一次模拟的进度和结果',
    access: roles,
    params: code.extend({ id: z.coerce.number().int().min(1) }),
    answer: simulation,
  }),
};
