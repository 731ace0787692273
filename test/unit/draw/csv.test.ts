import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvText, frozenCsv } from '../../../domain/draw/csv';

/** Also with what a cell must be quoted for. */
const cell = fc.string({ unit: fc.constantFrom('a', '店', ',', '"', '\n', '\r', ' ', ';', "'", '\t') });
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
  );

test('any reader of RFC 4180 gets back what was written', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const [header = [], ...body] = rows;
      const text = csvText(header, body);
      const read = parse(text, { recordDelimiter: '\n', skipEmptyLines: false, relaxColumnCount: true });
      expect(read).toEqual(rows);
      expect(text.endsWith('\n')).toBe(true);
    }),
  );
});

test('nothing is quoted without need', () => {
  expect(
    csvText(
      ['检查人员', 'n', 'x'],
      [
        ['A;B', 2, null],
        ['a "b"', 0, 'c,d'],
      ],
    ),
  ).toBe('检查人员,n,x\nA;B,2,\n"a ""b""",0,"c,d"\n');
  expect(frozenCsv('a\n1\n', 1)).toEqual({
    size: 1,
    digest: '309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc',
  });
});
