import { z } from 'zod';
import { BULLETIN_COMMANDS } from '../../domain/bulletins/stages';
import {
  bulletin,
  bulletinBody,
  bulletinEdit,
  bulletinQuery,
  bulletinSummary,
  publicBulletin,
  publicBulletinSummary,
  reproduction,
} from '../schemas/bulletins';
import { pageOf, pageQuery } from '../schemas/common';
import { endpoint } from './endpoint';

const number = z.object({ number: z.string().max(40) });
const office = { tag: 'oversight' } as const;
const open = { method: 'get', tag: 'public' } as const;

/** Bulletins (plan 4.4): drafted by a schedule or by hand, edited, approved by others, public. */
export const bulletinsContract = {
  listBulletins: endpoint({
    ...office,
    id: 'listBulletins',
    method: 'get',
    path: '/bulletins',
    summary: '督查通报',
    query: bulletinQuery,
    answer: pageOf(bulletinSummary),
  }),
  draftBulletin: endpoint({
    id: 'draftBulletin',
    method: 'post',
    path: '/bulletins',
    tag: 'oversight',
    summary: '就任意期间拟出通报：计算并冻结数字，生成草稿',
    body: bulletinBody,
    answer: bulletin,
    status: 201,
    once: 'workflow',
  }),
  readBulletin: endpoint({
    ...office,
    id: 'readBulletin',
    method: 'get',
    path: '/bulletins/{number}',
    summary: '一期通报：数字、文字、历次冻结和发布',
    params: number,
    answer: bulletin,
  }),
  editBulletin: endpoint({
    id: 'editBulletin',
    method: 'put',
    path: '/bulletins/{number}',
    tag: 'oversight',
    summary: '修改通报的文字（数字已冻结，不能修改）',
    params: number,
    body: bulletinEdit,
    answer: bulletin,
  }),
  commandBulletin: endpoint({
    id: 'commandBulletin',
    method: 'post',
    path: '/bulletins/{number}/{command}',
    tag: 'oversight',
    summary: '重新冻结、提交、退回、批准发布、更正、撤回通报',
    params: number.extend({ command: z.enum(BULLETIN_COMMANDS) }),
    body: z.object({ reason: z.string().trim().max(1000).default('') }),
    answer: bulletin,
    once: 'workflow',
  }),
  reproduceBulletin: endpoint({
    ...office,
    id: 'reproduceBulletin',
    method: 'get',
    path: '/bulletins/{number}/reproduction',
    summary: '按冻结时刻重新计算，核对冻结的数字',
    params: number,
    query: z.object({ freeze: z.coerce.number().int().positive().optional() }),
    answer: reproduction,
  }),
  listPublicBulletins: endpoint({
    ...open,
    id: 'listPublicBulletins',
    path: '/public/bulletins',
    summary: '已发布的督查通报',
    query: pageQuery,
    answer: pageOf(publicBulletinSummary),
  }),
  readPublicBulletin: endpoint({
    ...open,
    id: 'readPublicBulletin',
    path: '/public/bulletins/{number}',
    summary: '一期已发布的督查通报',
    params: number,
    answer: publicBulletin,
  }),
  downloadBulletinJson: endpoint({
    ...open,
    id: 'downloadBulletinJson',
    path: '/public/bulletins/{number}/bulletin.json',
    summary: '通报的冻结数字，逐字节与其 SHA-256 相符',
    params: number,
    answer: null,
    file: 'application/json',
  }),
  downloadBulletinCsv: endpoint({
    ...open,
    id: 'downloadBulletinCsv',
    path: '/public/bulletins/{number}/bulletin.csv',
    summary: '通报的部门和地区排名（CSV）',
    params: number,
    answer: null,
    file: 'text/csv',
  }),
};
