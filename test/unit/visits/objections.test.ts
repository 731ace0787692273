import { maskedPerson } from '../../../domain/visits/mask';
import { objectionEnd, objectionRefusal } from '../../../domain/visits/objections';

const publishedAt = new Date('2026-04-10T03:00:00Z');

test('a result can be objected to once it is there, before and for 30 days after its publication', () => {
  const now = new Date('2026-05-10T15:59:59Z');
  expect(objectionRefusal({ resultCode: null, publishedAt: null, objected: [] }, now)).toMatchObject({
    type: 'no-result-yet',
  });
  expect(objectionRefusal({ resultCode: 5, publishedAt: null, objected: [] }, now)).toBeNull();
  expect(objectionEnd(publishedAt)).toEqual(new Date('2026-05-10T16:00:00Z'));
  expect(objectionRefusal({ resultCode: 5, publishedAt, objected: [] }, now)).toBeNull();
  expect(
    objectionRefusal({ resultCode: 5, publishedAt, objected: [] }, new Date('2026-05-10T16:00:00Z')),
  ).toMatchObject({ type: 'objection-late' });
});

test('once per result: one that was corrected may be objected to again', () => {
  expect(objectionRefusal({ resultCode: 5, publishedAt, objected: [5] }, publishedAt)).toMatchObject({
    type: 'objected-already',
  });
  expect(objectionRefusal({ resultCode: 8, publishedAt, objected: [5] }, publishedAt)).toBeNull();
});

test('of a person who is masked the first character is left', () => {
  expect(maskedPerson('王小明')).toBe('王＊＊');
  expect(maskedPerson('')).toBe('');
});
