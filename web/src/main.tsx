import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { startI18n } from './i18n';
import { zh } from './i18n/zh';
import { nonceStyles } from './lib/nonced-styles';
import { createQueryClient } from './query-client';
import { createRouter } from './router';
import './styles.css';
import './open.css';

nonceStyles();
await startI18n({ chinese: zh, loadEnglish: async () => (await import('./i18n/en')).en });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>
  </StrictMode>,
);
