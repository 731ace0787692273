import { invalid } from '../../domain/errors';
import { nameKey } from '../../domain/registry/search-text';
import { searchContract as contract } from '../contract/search';
import { implement } from '../implement';
import { findAll } from '../search/find';

export const searchRoutes = [
  implement(contract.search, async ({ query, actor }, { db }) => {
    const q = query.q.trim();
    if ([...nameKey(q)].length < 2) {
      throw invalid('query-too-short', '请至少输入两个字。', [{ field: 'query.q', message: '至少两个字' }]);
    }
    return { groups: await findAll(db, { q, limit: query.limit, actor }) };
  }),
];
