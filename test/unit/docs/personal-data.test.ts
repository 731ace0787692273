import { readFileSync } from 'node:fs';
import path from 'node:path';
import { personalDataDocument } from '../../../api/personal-data-document';

test('docs/security/personal-data.md is what the code says (npm run docs:personal-data writes it anew)', () => {
  const file = path.resolve(__dirname, '../../../docs/security/personal-data.md');
  expect(readFileSync(file, 'utf8')).toBe(personalDataDocument());
});
