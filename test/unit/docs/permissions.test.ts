import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contract } from '../../../api/contract';
import { permissionsDocument } from '../../../api/permissions-document';
import { PERMISSIONS } from '../../../domain/permissions/table';

const ROOT = path.resolve(__dirname, '../../..');

test('docs/security/permissions.md is what the code says (npm run docs:permissions writes it anew)', () => {
  expect(readFileSync(path.join(ROOT, 'docs/security/permissions.md'), 'utf8')).toBe(permissionsDocument());
});

test('every endpoint has its line in the table of permissions, and every line its endpoint', () => {
  expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(contract).sort());
});
