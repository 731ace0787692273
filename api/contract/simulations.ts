import { z } from 'zod';
import { cappedEntity } from '../schemas/capped';
import { pageOf, pageQuery } from '../schemas/common';
import { simulation, simulationBody, simulationSummary } from '../schemas/simulations';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

/** Dry runs: nothing of them is a draw, and every answer says so. */
export const simulationsContract = {
  startSimulation: endpoint({
    id: 'startSimulation',
    method: 'post',
    path: '/campaigns/{code}/simulations',
    tag: 'simulations',
    summary: '模拟抽取（不是抽取）',
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
    params: code.extend({ id: z.coerce.number().int().min(1) }),
    answer: simulation,
  }),
  listCapped: endpoint({
    id: 'listCapped',
    method: 'get',
    path: '/campaigns/{code}/capped',
    tag: 'simulations',
    summary: '按这份方案已达年度上限的对象，逐户说明原因',
    refusals: [409],
    params: code,
    query: pageQuery,
    answer: pageOf(cappedEntity),
  }),
  downloadCapped: endpoint({
    id: 'downloadCapped',
    method: 'get',
    path: '/campaigns/{code}/capped.csv',
    tag: 'simulations',
    summary: '按这份方案已达年度上限的对象（CSV）',
    refusals: [409],
    params: code,
    answer: null,
    file: 'text/csv',
  }),
  downloadCappedWorkbook: endpoint({
    id: 'downloadCappedWorkbook',
    method: 'get',
    path: '/campaigns/{code}/capped.xlsx',
    tag: 'simulations',
    summary: '按这份方案已达年度上限的对象（XLSX）',
    refusals: [409],
    params: code,
    answer: null,
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
};
