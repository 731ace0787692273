import { contract } from '../../../api/contract';
import type { Endpoint } from '../../../api/contract/endpoint';

const endpoints = Object.values(contract) as unknown as Endpoint[];

test('what reads by GET sends no command: it takes no body, and no key that would carry it out once', () => {
  const reading = endpoints.filter(({ method }) => method === 'get');
  expect(reading.length).toBeGreaterThan(50);
  expect(reading.filter(({ body, rawBody, once }) => body ?? rawBody ?? once).map(({ id }) => id)).toEqual(
    [],
  );
});

test('no address has a password, a code or a key in its query', () => {
  const secret = /password|secret|token|code$|key$/i;
  /** Codes of things that have names, which are no secrets. */
  const names = ['creditCode', 'resultCode'];
  const asked = endpoints.flatMap(({ id, query }) =>
    Object.keys(query?.shape ?? {}).map((name) => ({ id, name })),
  );
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter(({ name }) => secret.test(name) && !names.includes(name))).toEqual([]);
});
