import { coverage, type CoveringItem, type EntityTraits } from '../../../domain/draw/coverage';

const item = (code: string, more: Partial<CoveringItem> = {}): CoveringItem => ({
  code,
  category: 'general',
  object_tags: [],
  object_regions: [],
  ...more,
});
const entity = (more: Partial<EntityTraits> = {}): EntityTraits => ({
  region: '691101',
  tags: ['catering'],
  visits: 0,
  ...more,
});

test('an item covers by any of its tags and in any of its areas; without tags or areas, everybody everywhere', () => {
  const items = [
    item('SCJG-002'),
    item('SCJG-001', { object_tags: ['hotel', 'catering'] }),
    item('WJW-001', { object_tags: ['hotel'] }),
    item('WJW-002', { object_regions: ['691102', '691100'] }),
    item('XFJ-001', { object_regions: ['691102'] }),
  ];
  expect(coverage(items, 1, entity())).toEqual({
    items: ['SCJG-001', 'SCJG-002', 'WJW-002'],
    isCapped: false,
  });
});

test('who is at the yearly cap stays for key items only', () => {
  const items = [item('SCJG-001'), item('WJW-001', { category: 'key' })];
  expect(coverage(items, 1, entity({ visits: 1 }))).toEqual({ items: ['WJW-001'], isCapped: true });
  expect(coverage(items, 2, entity({ visits: 1 })).isCapped).toBe(false);
  expect(coverage(items, null, entity({ visits: 9 })).isCapped).toBe(false);
});

test('the cap takes nothing from whom no item covers', () => {
  const items = [item('WJW-001', { object_tags: ['hotel'] })];
  expect(coverage(items, 1, entity({ visits: 1 }))).toEqual({ items: [], isCapped: false });
});
