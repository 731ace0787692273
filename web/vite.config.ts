import react from '@vitejs/plugin-react';
import { defineConfig, type Connect } from 'vite';

/** Libraries that change seldom, in a file that stays known to browsers from release to release. */
export const groups = [
  {
    name: 'react',
    test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|openapi-fetch)[\\/]/,
  },
];

/** As the API does it: the public pages are an application of their own. */
const publicPages: Connect.NextHandleFunction = (request, _response, next) => {
  if (/^\/public(\/|\?|$)/.test(request.url ?? '')) request.url = '/public.html';
  next();
};

/** The office's application; vite.public.config.ts has the pages for everybody. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [
    react(),
    { name: 'public-pages', configureServer: ({ middlewares }) => void middlewares.use(publicPages) },
  ],
  // The API puts the nonce of each answer there (api/middleware/security-headers.ts).
  html: { cspNonce: '__STYLE_NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // For the weighing of pages (tools/web-sizes.mjs).
    manifest: '.vite/office.json',
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': 'http://localhost:8100' } },
});
