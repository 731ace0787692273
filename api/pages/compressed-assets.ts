import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { static as files, Router, type RequestHandler } from 'express';
import { encodingOf, type Encoding } from './encoding-of';

/** As the build names its compressed copies (tools/web-sizes.mjs). */
const ENDINGS: Record<Encoding, string> = { br: '.br', gzip: '.gz' };

/** Built files keep for ever: their names carry a hash. They go out as the build has compressed them. */
export function compressedAssets(folder: string): RequestHandler {
  const present = new Set(existsSync(folder) ? namesIn(folder) : []);
  const router = Router();
  router.use((request, response, next) => {
    const file = request.path;
    response.vary('Accept-Encoding');
    const encoding = encodingOf(request);
    if (encoding && present.has(file + ENDINGS[encoding])) {
      response.type(path.extname(file)).setHeader('Content-Encoding', encoding);
      request.url = file + ENDINGS[encoding];
    }
    next();
  });
  router.use(files(folder, { immutable: true, maxAge: '1y', fallthrough: false }));
  return router;
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile()
      ? [`/${path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`]
      : [],
  );
