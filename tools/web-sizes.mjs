// What a visitor's browser loads before a page can be worked with: its document, scripts and styles with all that they
// import, compressed as they are served.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip } from 'node:zlib';

/**
 * Which pages, what every one of them loads first, and how many kilobytes each may take in all: of the office's those at
 * which it begins; what others load beyond them is there, and comes once.
 */
const KINDS = [
  {
    name: '公开页面 public pages',
    manifest: '.vite/public.json',
    pages: /^src\/public\//,
    shell: ['public.html', 'style.css'],
    mostKb: 150,
  },
  {
    name: '办公页面 office pages',
    manifest: '.vite/office.json',
    pages: /^src\/pages\//,
    shell: ['index.html', 'src/components/office.tsx', 'src/components/office-layout.tsx'],
    start: /pages\/(my-tasks|sign-in)\.tsx$/,
    mostKb: 400,
  },
];

const COMPRESSED = /\.(js|css|svg)$/;
const SHOWN = 3;

/** Lays compressed copies beside the built files, which the API hands out (api/pages/compressed-assets.ts). */
export async function compressAssets(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && COMPRESSED.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const brotli = { params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
  await Promise.all(
    files.map(async (file) => {
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, brotli));
      writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

/** A table of the heaviest pages of each kind; throws where one is above its limit. `folder`: what Vite built. */
export function weighPages(folder) {
  const sizes = new Map();
  const lines = [];
  const tooHeavy = [];
  for (const { name, manifest: file, pages, start, shell, mostKb } of KINDS) {
    const manifest = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const weights = Object.entries(manifest)
      .filter(([key, chunk]) => pages.test(key) && chunk.isDynamicEntry)
      .map(([key]) => ({ key, kb: weigh(manifest, [...shell, key]) }))
      .sort((one, other) => other.kb - one.kb);
    if (weights.length === 0) throw new Error(`tools/web-sizes.mjs: the build has no ${name}`);
    lines.push(`  ${name} ≤ ${mostKb} kB`);
    for (const [at, { key, kb }] of weights.entries()) {
      const isLimited = (start ?? pages).test(key);
      if (at < SHOWN || start?.test(key)) {
        lines.push(`    ${kb.toFixed(1).padStart(6)} kB  ${key}${isLimited ? '' : ' (…)'}`);
      }
      if (isLimited && kb > mostKb) tooHeavy.push(`${key} ${kb.toFixed(1)} kB`);
    }
  }
  if (tooHeavy.length > 0)
    throw new Error(`首次加载过大 too large at first load:\n${lines.join('\n')}\n${tooHeavy.join(', ')}`);
  return lines;

  function weigh(manifest, keys) {
    const files = new Set([keys[0]]);
    const seen = new Set();
    const take = (key) => {
      if (seen.has(key)) return;
      seen.add(key);
      const chunk = manifest[key];
      if (!chunk) throw new Error(`tools/web-sizes.mjs: the build has no ${key}`);
      for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
      for (const imported of chunk.imports ?? []) take(imported);
    };
    keys.forEach(take);
    return [...files].reduce((sum, file) => sum + sizeOf(file), 0) / 1000;
  }

  function sizeOf(name) {
    const file = path.join(folder, name);
    if (!sizes.has(file)) {
      const size = existsSync(`${file}.br`)
        ? readFileSync(`${file}.br`).length
        : brotliCompressSync(readFileSync(file)).length;
      sizes.set(file, size);
    }
    return sizes.get(file);
  }
}
