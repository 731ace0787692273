import { searchAnswer, searchQuery } from '../schemas/search';
import { endpoint } from './endpoint';

export const searchContract = {
  search: endpoint({
    id: 'search',
    method: 'get',
    path: '/search',
    tag: 'search',
    summary: '在本人看得到的任务、对象、人员、事项、上门检查和后续处理中查找',
    query: searchQuery,
    answer: searchAnswer,
  }),
};
