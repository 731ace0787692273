import { inOrder, methodOf, needsVisit } from '../../../domain/visits/methods';

test('paper comes before the network, and both before a visit', () => {
  expect(inOrder(['on-site', 'online', 'documentary'])).toEqual(['documentary', 'online', 'on-site']);
  expect(inOrder(['on-site'])).toEqual(['on-site']);
});

test('the method is one of the item’s; who names none was there, where that is possible', () => {
  expect(methodOf('online', ['online', 'on-site'])).toEqual({ method: 'online' });
  expect(methodOf(undefined, ['online', 'on-site'])).toEqual({ method: 'on-site' });
  expect(methodOf(undefined, ['documentary', 'online'])).toEqual({ method: 'documentary' });
  expect(methodOf(undefined, ['online'])).toEqual({ method: 'online' });
  expect(methodOf('documentary', ['on-site'])).toEqual({
    problem: '该事项的检查方式为实地检查，不能登记为书面检查。',
  });
});

test('nobody has to go where each item can be or was settled otherwise', () => {
  const open = (...methods: ('on-site' | 'online' | 'documentary')[]) => ({ methods, method: null });
  expect(needsVisit([open('on-site', 'online'), open('documentary')])).toBe(false);
  expect(needsVisit([open('on-site', 'online'), open('on-site')])).toBe(true);
  expect(needsVisit([{ methods: ['on-site', 'online'], method: 'on-site' }])).toBe(true);
  expect(needsVisit([{ methods: ['on-site', 'online'], method: 'online' }])).toBe(false);
});
