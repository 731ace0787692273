// `npm run docs:permissions`, `npm run docs:personal-data`: writes docs/security/NAME.md anew from the code.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, root } from './build.mjs';

/** Document → the function of api/NAME-document.ts that writes it. */
const DOCUMENTS = { permissions: 'permissionsDocument', 'personal-data': 'personalDataDocument' };

const [name = ''] = process.argv.slice(2);
if (!Object.hasOwn(DOCUMENTS, name)) {
  console.error(`没有 no document ${name}: ${Object.keys(DOCUMENTS).join(', ')}`);
  process.exit(2);
}
await build(['server']);
const written = createRequire(import.meta.url)(path.join(root, `dist/api/${name}-document.js`));
const file = path.join(root, `docs/security/${name}.md`);
writeFileSync(file, written[DOCUMENTS[name]]());
console.log(path.relative(root, file));
