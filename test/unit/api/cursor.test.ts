import fc from 'fast-check';
import { decodeCursor, encodeCursor, isId, pageOf } from '../../../api/cursor';

test('a cursor leads back to where it was made', () => {
  fc.assert(
    fc.property(fc.nat(), (id) => {
      expect(decodeCursor(encodeCursor(id), isId)).toBe(id);
    }),
  );
});

test('whatever else is sent as a cursor is refused, never taken', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (text) => {
        const decoded = Buffer.from(text, 'base64url').toString('utf8');
        fc.pre(!/^\s*-?\d/.test(decoded));
        expect(() => decodeCursor(text, isId)).toThrow('翻页标记无效');
      },
    ),
  );
});

test('pages of any size give every row once, in order', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 10 }), (count, limit) => {
      const rows = Array.from({ length: count }, (_, at) => at + 1);
      const read: number[] = [];
      for (let after: number | undefined = 0; after !== undefined;) {
        const behind: number = after;
        const page = pageOf(rows.filter((row) => row > behind).slice(0, limit + 1), limit, (row) => row);
        read.push(...page.rows);
        after = page.nextCursor === null ? undefined : decodeCursor(page.nextCursor, isId);
      }
      expect(read).toEqual(rows);
    }),
  );
});
