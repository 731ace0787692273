import { problemOf } from '../../../api/middleware/problems';
import { conflict, DomainError, forbidden, invalid, notFound, unavailable } from '../../../domain/errors';

test.each([
  [notFound('a', '甲'), 404],
  [conflict('a', '甲'), 409],
  [forbidden('a', '甲'), 403],
  [invalid('a', '甲'), 422],
  [unavailable('a', '甲'), 503],
  [new DomainError('unauthenticated', 'a', '甲'), 401],
])('an expected failure keeps its type and words: %s', (failure, status) => {
  expect(problemOf(failure)).toMatchObject({ status, type: 'a', detail: '甲' });
});

test('the fields of a failure are told', () => {
  const fields = [{ field: 'items.0', message: '未公布' }];
  expect(problemOf(invalid('a', '甲', fields)).fields).toEqual(fields);
});

test('attempts that were too many are a matter of time', () => {
  expect(problemOf(new DomainError('unavailable', 'too-many-attempts', '甲')).status).toBe(429);
});

test.each([
  { code: 'ECONNREFUSED' },
  { code: '57P01', message: 'terminating connection due to administrator command' },
  { code: '57P03', message: 'the database system is starting up' },
  { code: '53300', message: 'too many clients already' },
  { name: 'KnexTimeoutError', message: 'Knex: Timeout acquiring a connection.' },
  { message: 'select 1 - Connection terminated unexpectedly' },
  { message: 'commit - Client has encountered a connection error and is not queryable' },
])('a database that is away is unavailable, to be tried again: %j', (more) => {
  expect(problemOf(Object.assign(new Error('x'), more))).toMatchObject({
    status: 503,
    type: 'database-unavailable',
  });
});

test('a database without room says so, and that nothing was kept', () => {
  const full = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
  expect(problemOf(full)).toMatchObject({ status: 503, type: 'database-no-space' });
});

test.each([
  new Error('password of 张三 is secret'),
  Object.assign(new Error('duplicate key: 张三'), { code: '23505', detail: '张三' }),
  'secret 张三',
  null,
  undefined,
])('what nobody expected leaks nothing: %s', (error) => {
  const problem = problemOf(error);
  expect(problem).toMatchObject({ status: 500, type: 'internal' });
  expect(JSON.stringify(problem)).not.toMatch(/张三|secret/);
});
