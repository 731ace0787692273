import { NOTICE_KINDS } from '../../../domain/notices/kinds';
import { isForInformation, USUAL_PREFERENCES, waysOf } from '../../../domain/notices/preferences';

test('by default everything goes both ways', () => {
  for (const kind of NOTICE_KINDS)
    expect(waysOf(kind, USUAL_PREFERENCES)).toEqual({ mail: true, messenger: true });
});

test('no choice keeps away by mail what asks something of a person or is late', () => {
  const needed = NOTICE_KINDS.filter((kind) => waysOf(kind, { mail: 'needed', messenger: 'none' }).mail);
  expect(needed).toEqual(NOTICE_KINDS.filter((kind) => !isForInformation(kind)));
  expect(needed).toEqual(
    expect.arrayContaining([
      'reminder',
      'overdue',
      'urging-order',
      'escalation',
      'review-requested',
      'case-task',
    ]),
  );
});

test('the messenger can be told to carry only what is needed, or nothing', () => {
  expect(waysOf('closed', { mail: 'all', messenger: 'needed' })).toEqual({ mail: true, messenger: false });
  expect(waysOf('overdue', { mail: 'all', messenger: 'needed' })).toEqual({ mail: true, messenger: true });
  expect(waysOf('overdue', { mail: 'all', messenger: 'none' })).toEqual({ mail: true, messenger: false });
});
