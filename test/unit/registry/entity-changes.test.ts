import { entityChanges } from '../../../domain/registry/entity-changes';
import { classReasons, drawClass } from '../../../domain/registry/risk';

test('changes of an entity are told field by field; a column that was not there yet is no change', () => {
  const before = { name: '甲店', tags: ['a'], complaints: 0, ended_at: null };
  expect(entityChanges(before, { ...before, industry_code: '', listed_by: [] })).toEqual([]);
  expect(entityChanges(before, { name: '乙店', tags: ['a', 'b'], complaints: 2, ended_at: '2026' })).toEqual([
    { field: 'name', before: ['甲店'], after: ['乙店'] },
    { field: 'tags', before: ['a'], after: ['a', 'b'] },
    { field: 'complaints', before: [], after: ['2'] },
    { field: 'ended_at', before: [], after: ['2026'] },
  ]);
});

test('the steps to the class for the draw end with it', () => {
  expect(classReasons('A', ['abnormal-operations', 'good-credit'], 3)).toEqual([
    { because: 'abnormal-operations', to: 'B' },
    { because: 'complaints', to: 'C' },
  ]);
  expect(drawClass('A', ['abnormal-operations', 'good-credit'], 3)).toBe('C');
  expect(classReasons('B', ['dishonesty', 'good-credit'], 9)).toEqual([{ because: 'dishonesty', to: 'D' }]);
  expect(classReasons('B', ['good-credit'], 2)).toEqual([{ because: 'good-credit', to: 'A' }]);
  expect(classReasons('C', [], 2)).toEqual([]);
});
