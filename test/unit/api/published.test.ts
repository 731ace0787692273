import { contract } from '../../../api/contract';
import { PUBLISHED_TEXTS } from '../../../api/contract/published';
import type { Endpoint } from '../../../api/contract/endpoint';
import { assertPublishable } from '../../../api/publishable';

test('every text that is said to be published is a field of its request', () => {
  for (const [id, fields] of Object.entries(PUBLISHED_TEXTS)) {
    const { body } = contract[id as keyof typeof contract] as unknown as Endpoint;
    const { shape, options = [] } = (body ?? {}) as { shape?: object; options?: { shape: object }[] };
    const known = [shape ?? {}, ...options.map((one) => one.shape)].flatMap(Object.keys);
    const missing = fields.filter((field) => field !== '*' && !known.includes(field));
    expect(`${id} ${missing.join()}`).toBe(`${id} `);
  }
});

test.each([
  ['cancelCampaign', { reason: '联系 138 9123 4567 王某' }, 'reason'],
  ['createItem', { bases: [{ law: '某法', text: '身份证 11010519491231002X' }] }, 'bases'],
  ['editBulletin', { title: '通报', texts: { summary: '１３８９１２３４５６７' } }, 'texts'],
])('%s is refused with somebody’s number in it, and the field is named', (id, body, field) => {
  let refused: unknown = null;
  try {
    assertPublishable(id, body);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ type: 'personal-data', fields: [{ field }] });
});

test('an office’s telephone, words about homes and what is not published pass', () => {
  assertPublishable('editBulletin', { title: '通报', texts: { demands: '咨询电话 0911-3214567' } });
  assertPublishable('createItem', { content: '核对住址登记，编号 20260401123' });
  assertPublishable('cancelCampaign', { reason: '138****4567 已遮盖' });
  assertPublishable('editInspector', { phone: '13891234567' });
});
