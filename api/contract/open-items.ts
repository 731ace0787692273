/** Item lists as the public reads them: pages, and open data for programs and offices (plan 3.1). */
import { z } from 'zod';
import { departmentCode, pageOf, pageQuery } from '../schemas/common';
import { item, itemChanges, openListQuery, twoVersions } from '../schemas/items';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

/** All versions with their dates, in one file. */
const openData = (id: string, extension: string, file: string) =>
  endpoint({
    id,
    method: 'get',
    path: `/public/items.${extension}`,
    tag: 'public',
    summary: `抽查事项清单的全部版本（${extension.toUpperCase()}），全市或一个部门`,
    query: openListQuery,
    answer: null,
    file,
  });

export const openItemsContract = {
  listPublicItems: endpoint({
    id: 'listPublicItems',
    method: 'get',
    path: '/public/items',
    tag: 'public',
    summary: '已公布的抽查事项清单',
    query: pageQuery.extend({ department: departmentCode.optional() }),
    answer: pageOf(item),
  }),
  downloadItemsJson: openData('downloadItemsJson', 'json', 'application/json'),
  downloadItemsCsv: openData('downloadItemsCsv', 'csv', 'text/csv'),
  downloadItemsXlsx: openData(
    'downloadItemsXlsx',
    'xlsx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ),
  listPublicItemVersions: endpoint({
    id: 'listPublicItemVersions',
    method: 'get',
    path: '/public/items/{code}',
    tag: 'public',
    summary: '一个事项公布过的全部版本，最新在前',
    params: code,
    answer: z.object({ rows: z.array(item) }),
  }),
  comparePublicItemVersions: endpoint({
    id: 'comparePublicItemVersions',
    method: 'get',
    path: '/public/items/{code}/changes',
    tag: 'public',
    summary: '比较公布过的两个版本',
    params: code,
    query: twoVersions,
    answer: itemChanges,
  }),
};
