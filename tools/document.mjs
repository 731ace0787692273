// `npm run docs:permissions`: writes docs/security/permissions.md anew from the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, root } from './build.mjs';

await build(['server']);
const { permissionsDocument } = createRequire(import.meta.url)(
  path.join(root, 'dist/api/permissions-document.js'),
);
const file = path.join(root, 'docs/security/permissions.md');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, permissionsDocument());
console.log(path.relative(root, file));
