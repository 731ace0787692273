/** Workbooks are written while their rows are read, and say what they were given. */
import { setImmediate } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import readWorkbook from 'read-excel-file/node';
import { workbookStream, type Cell } from '../../../imports/write-workbook';

const sheet = { name: '检查对象', header: ['名称', '户数'], widths: [36, 8] };

test('what was written is read again: texts as texts, numbers as numbers, gaps as gaps', async () => {
  const rows: Cell[][] = [
    ['=1+1', 7],
    ['<甲> & "乙"\n第二行', null],
    [null, -0.5],
    ['  两边有空格 ', 0],
    ['_x0041_', 1],
    ['007', 2],
    ['\u0001控制符\ud800', 3],
    ['𠮷野家', 4],
  ];
  const written = await buffer(workbookStream({ ...sheet, name: 'a<b>"&', rows }));
  const [{ data, sheet: name } = { data: [], sheet: '' }] = await readWorkbook(written, { trim: false });
  expect(name).toBe('a<b>"&');
  expect(data[0]).toEqual(['名称', '户数']);
  expect(data.slice(1)).toEqual([
    ...rows.slice(0, 4),
    ['_x0041_', 1],
    ['007', 2],
    ['控制符\ufffd', 3],
    ['𠮷野家', 4],
  ]);
});

test('hundreds of thousands of rows are never in memory together', async () => {
  const ROWS = 300_000;
  let produced = 0;
  function* rows(): Generator<Cell[]> {
    for (; produced < ROWS; produced += 1) {
      yield [`第${produced}商贸有限公司，经营范围见营业执照`.repeat(8), produced];
    }
  }
  const stream = workbookStream({ ...sheet, rows: rows() });
  const chunks = stream[Symbol.asyncIterator]();
  await chunks.next();
  // Nobody takes the next piece: it goes on for as long as there is room, and no further.
  for (let idle = 0; idle < 200;) {
    const before = produced;
    await setImmediate();
    idle = before === produced ? idle + 1 : 0;
  }
  expect(produced).toBeLessThan(ROWS / 10);
  const atRest = process.memoryUsage().rss;
  let most = atRest;
  let bytes = 0;
  for (let piece = await chunks.next(); !piece.done; piece = await chunks.next()) {
    bytes += (piece.value as Buffer).length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  expect(produced).toBe(ROWS);
  expect(bytes).toBeGreaterThan(1_000_000);
  // The texts alone are 120 MB in memory, and a workbook that is built as a whole takes several times that.
  expect(most - atRest).toBeLessThan(100 * 2 ** 20);
});

test('rows that can’t be read break the download off', async () => {
  // eslint-disable-next-line @typescript-eslint/require-await -- the database fails later than at once
  async function* rows(): AsyncGenerator<Cell[]> {
    yield ['甲', 1];
    throw new Error('the database went away');
  }
  await expect(buffer(workbookStream({ ...sheet, rows: rows() }))).rejects.toThrow('the database went away');
});
