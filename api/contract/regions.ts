import { z } from 'zod';
import { regionCode } from '../schemas/common';
import { oldRegionCode, regionBody, regionBook, regionMoveBody, regionRemoval } from '../schemas/regions';
import { importRun } from '../schemas/registries';
import { endpoint } from './endpoint';

const params = z.object({ code: regionCode });
const moveParams = z.object({ oldCode: oldRegionCode });

/** The tree of regions, codes that moved, and what imports met that is neither. */
export const regionsContract = {
  readRegionBook: endpoint({
    id: 'readRegionBook',
    method: 'get',
    path: '/region-codes',
    tag: 'registries',
    summary: '区划代码：在用的、变更的、导入时遇到而不认识的',
    answer: regionBook,
  }),
  saveRegion: endpoint({
    id: 'saveRegion',
    method: 'put',
    path: '/regions/{code}',
    tag: 'registries',
    summary: '新增区划，或更正名称',
    params,
    body: regionBody,
    answer: regionBook,
  }),
  removeRegion: endpoint({
    id: 'removeRegion',
    method: 'post',
    path: '/regions/{code}/remove',
    tag: 'registries',
    summary: '删除没有被使用的区划',
    params,
    body: regionRemoval,
    answer: regionBook,
  }),
  saveRegionMove: endpoint({
    id: 'saveRegionMove',
    method: 'put',
    path: '/region-moves/{oldCode}',
    tag: 'registries',
    summary: '登记或更正代码变更：旧代码今后按新代码导入',
    params: moveParams,
    body: regionMoveBody,
    answer: regionBook,
  }),
  removeRegionMove: endpoint({
    id: 'removeRegionMove',
    method: 'post',
    path: '/region-moves/{oldCode}/remove',
    tag: 'registries',
    summary: '删除没有被使用的代码变更',
    params: moveParams,
    body: regionRemoval,
    answer: regionBook,
  }),
  retryRegions: endpoint({
    id: 'retryRegions',
    method: 'post',
    path: '/imports/{id}/region-retry',
    tag: 'imports',
    summary: '重新导入因行政区划被拒绝的行',
    params: z.object({ id: z.coerce.number().int() }),
    answer: importRun,
    status: 202,
  }),
};
