// `npm run docs:personal-data`: writes docs/security/personal-data.md anew from the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, root } from './build.mjs';

await build(['server']);
const { personalDataDocument } = createRequire(import.meta.url)(
  path.join(root, 'dist/api/personal-data-document.js'),
);
const file = path.join(root, 'docs/security/personal-data.md');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, personalDataDocument());
console.log(path.relative(root, file));
