import { contract } from '../../../api/contract';
import { AUDITED } from '../../../api/contract/audited';
import type { Endpoint } from '../../../api/contract/endpoint';
import { PERMISSIONS, type EndpointName } from '../../../domain/permissions/table';

const endpoints = Object.values(contract) as Endpoint[];

test('every endpoint that changes something says what it leaves in the audit log, or why nothing', () => {
  const changing = endpoints.filter(({ method }) => method !== 'get').map(({ id }) => id);
  expect(changing.filter((id) => AUDITED[id] === undefined)).toEqual([]);
});

test('only endpoints are listed, and their reads name parameters that they have', () => {
  for (const [id, audited] of Object.entries(AUDITED)) {
    const endpoint = endpoints.find((one) => one.id === id);
    expect({ id, found: endpoint?.id }).toEqual({ id, found: id });
    const needed =
      'reads' in audited ? [...audited.subject.matchAll(/\{(\w+)\}/g)].map(([, name]) => name) : [];
    for (const name of needed) expect(endpoint?.path).toContain(`{${name}}`);
  }
});

test('every file with what a citizen may not see is on record when it is downloaded', () => {
  const personal = ['entities', 'inspectors', 'refusals', 'evidence', 'handling-cases', 'deliveries'];
  const files = endpoints.filter(
    ({ id, file, path }) =>
      file &&
      PERMISSIONS[id as EndpointName].who !== 'public' &&
      personal.some((part) => path.includes(part)),
  );
  expect(files.length).toBeGreaterThan(6);
  expect(files.filter(({ id }) => AUDITED[id] === undefined).map(({ id }) => id)).toEqual([]);
});
