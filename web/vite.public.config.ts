import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { groups } from './vite.config';

const browser = {
  outDir: '../dist/web',
  assetsDir: 'assets/public',
  manifest: '.vite/public.json',
  // One file in the order of open-styles.ts, for it is linked before any script says what the page needs.
  cssCodeSplit: false,
  target: 'es2022',
  rolldownOptions: { input: 'public.html', output: { codeSplitting: { groups } } },
};

/** In one file with all that it needs: a site has no packages for the web. */
const server = {
  outDir: '../dist/web-server',
  target: 'node20',
  minify: true,
  rolldownOptions: {
    output: { format: 'cjs' as const, entryFileNames: 'open-server.cjs', codeSplitting: false },
  },
};

/** The pages for everybody: what browsers run, and with `--ssr` what the API writes them with. */
export default defineConfig(({ isSsrBuild }) => ({
  root: import.meta.dirname,
  base: '/',
  // The office's build, which is first, has emptied the folder and copied what lies in public/.
  publicDir: false,
  plugins: [react()],
  build: { emptyOutDir: isSsrBuild === true, ...(isSsrBuild ? server : browser) },
  ...(isSsrBuild
    ? { ssr: { noExternal: true as const }, define: { 'process.env.NODE_ENV': '"production"' } }
    : {}),
}));
