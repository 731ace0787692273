import './open-styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { setLanguage, startI18n, storedLanguage, type Language } from './i18n';
import { publicTexts } from './i18n/zh/public';
import { OpenPages, preparePage } from './public/open-pages';
import { createQueryClient } from './query-client';

const root = document.getElementById('root');
if (!root) throw new Error('public.html has no element #root');

/** What the server has read for the page that it wrote (open-server.tsx); nothing where it could not. */
const given = document.getElementById('state')?.textContent;
const written = (given ? document.documentElement.lang : null) as Language | null;

await Promise.all([
  startI18n(
    {
      chinese: publicTexts,
      loadEnglish: async () => (await import('./i18n/en/public')).publicTexts,
    },
    written ?? undefined,
  ),
  preparePage(location.pathname),
]);

const client = createQueryClient();
for (const [key, data] of JSON.parse(given ?? '[]') as [unknown[], unknown][]) client.setQueryData(key, data);

const pages = (
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <OpenPages />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>
);
// Clocks and lists that come in row by row are another in each instant: such a page is drawn anew over what was written.
if (given && !root.querySelector('.wall')) hydrateRoot(root, pages);
else createRoot(root).render(pages);

// The language of an address that names it is chosen for good; else what was chosen before holds.
const named = new URLSearchParams(location.search).get('lang');
const stored = storedLanguage();
if (written && named === written) void setLanguage(written);
else if (written && stored && stored !== written) void setLanguage(stored);
