/** Calendar feeds: whatever a task or a visit is called, no line of the file is anybody's but ours (RFC 5545). */
import fc from 'fast-check';
import { fuzz } from './support/guarded-parser';

/** What breaks out of a line, if anything does. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        ';',
        ',',
        ':',
        '"',
        '\\',
        '\\n',
        'END:VEVENT',
        'ATTACH:http://x',
        '\u2028',
        '店',
      ),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const DAY = '2026-05-06T02:00:00Z';
const tasks = fc.array(
  fc.record({
    campaign: text,
    department: text,
    onBehalfOf: fc.option(text),
    unit: fc.constantFrom('working-days', 'seconds'),
  }),
  { maxLength: 3 },
);
const visits = fc.array(fc.record({ entity: text, address: text, inspector: text }), { maxLength: 3 });

const NAMES = new Set(
  [
    [
      'BEGIN',
      'END',
      'VERSION',
      'PRODID',
      'METHOD',
      'NAME',
      'X-WR-CALNAME',
      'REFRESH-INTERVAL',
      'X-PUBLISHED-TTL',
      'UID',
    ],
    [
      'SEQUENCE',
      'DTSTAMP',
      'DTSTART',
      'DTEND',
      'SUMMARY',
      'LOCATION',
      'DESCRIPTION',
      'URL',
      'STATUS',
      'CREATED',
    ],
    [
      'LAST-MODIFIED',
      'ACTION',
      'TRIGGER',
      'X-MICROSOFT-CDO-ALLDAYEVENT',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT',
      'TRANSP',
    ],
  ].flat(),
);

test('names and addresses stay in their lines', async () => {
  await fuzz(
    'calendar',
    fc.record({ owner: text, tasks, visits }),
    ({ owner, tasks: someTasks, visits: someVisits }) =>
      JSON.stringify({
        owner,
        url: 'https://yunxi.invalid',
        tasks: someTasks.map(taskOf),
        visits: someVisits.map(visitOf),
      }),
    ({ outcome, kept }, input) => {
      expect(outcome).toBe('read');
      const file = kept.text as string;
      const lines = file.replace(/\r\n[ \t]/g, '').split('\r\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) expect(NAMES).toContain(/^([A-Z-]+)[:;]/.exec(line)?.[1] ?? line);
      expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
      const events = lines.filter((line) => line === 'BEGIN:VEVENT').length;
      expect(events).toBe(input.tasks.length + input.visits.length);
      for (const folded of file.split('\r\n')) expect(Buffer.byteLength(folded)).toBeLessThanOrEqual(75);
    },
  );
});

interface Task {
  campaign: string;
  department: string;
  onBehalfOf: string | null;
  unit: string;
}

const taskOf = ({ campaign, department, onBehalfOf, unit }: Task, at: number) => ({
  row: {
    ...{
      id: at,
      kind: 'contribute',
      campaign_code: '2026-001',
      campaign_name: campaign,
      plan_year: null,
      params: {},
    },
    ...{
      visit_id: null,
      visit_number: null,
      entity_name: null,
      case_id: null,
      department: 'X',
      unit,
      note: null,
    },
    ...{ department_name: department, assignee_id: null, assignee: null, provisional: false, due_at: DAY },
    ...{ created_at: DAY, done_at: null, done_by: null, cancelled_at: null },
  },
  feed: { id: at, moves: 0, changed_at: DAY },
  onBehalfOf,
});

interface Visit {
  entity: string;
  address: string;
  inspector: string;
}

const visitOf = ({ entity, address, inspector }: Visit, at: number) => ({
  ...{
    id: at,
    number: at,
    campaign_code: '2026-001',
    campaign_name: entity,
    entity_name: entity,
    region_code: '610902',
  },
  ...{ address, day: '2026-05-07', part: 'morning', fixed: at % 2 === 0, proposals: 1, changed_at: DAY },
  ...{ visit_from: '2026-05-01', visit_to: '2026-05-31', finished_at: null },
  inspectors: [{ code: 'A', name: inspector, department: 'X' }],
});
