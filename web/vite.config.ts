import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Libraries by what they are for: the public pages load the first group only. */
const groups = [
  {
    name: 'react',
    test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|openapi-fetch)[\\/]/,
  },
];

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  // The API puts the nonce of each answer there (api/middleware/security-headers.ts).
  html: { cspNonce: '__STYLE_NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': 'http://localhost:8100' } },
});
