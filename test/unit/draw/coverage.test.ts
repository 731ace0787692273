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
  drawClass: 'B',
  tags: ['catering'],
  visits: 0,
  ...more,
});
const CAP = { A: 1, B: 1, C: 2, D: null };

test('an item covers by any of its tags and in any of its areas; without tags or areas, everybody everywhere', () => {
  const items = [
    item('SCJG-002'),
    item('SCJG-001', { object_tags: ['hotel', 'catering'] }),
    item('WJW-001', { object_tags: ['hotel'] }),
    item('WJW-002', { object_regions: ['691102', '691100'] }),
    item('XFJ-001', { object_regions: ['691102'] }),
  ];
  expect(coverage(items, CAP, entity())).toEqual({
    items: ['SCJG-001', 'SCJG-002', 'WJW-002'],
    isCapped: false,
  });
});

test('who is at the yearly cap stays for key items only', () => {
  const items = [item('SCJG-001'), item('WJW-001', { category: 'key' })];
  expect(coverage(items, CAP, entity({ visits: 1 }))).toEqual({ items: ['WJW-001'], isCapped: true });
  expect(coverage(items, CAP, entity({ visits: 1, drawClass: 'C' })).isCapped).toBe(false);
  expect(coverage(items, CAP, entity({ visits: 9, drawClass: 'D' })).isCapped).toBe(false);
});

test('the cap takes nothing from whom no item covers', () => {
  const items = [item('WJW-001', { object_tags: ['hotel'] })];
  expect(coverage(items, CAP, entity({ visits: 1 }))).toEqual({ items: [], isCapped: false });
});
