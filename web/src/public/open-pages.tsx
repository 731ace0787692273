import { Component, lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { matchRoutes, useRoutes, type RouteObject } from 'react-router';
import { Loading } from '../components/open-parts';
import { PageCrashed, PageMissing } from './page-missing';
import { PublicLayout } from './public-layout';

type Load = () => Promise<ComponentType>;

/** Pages with a frame of their own: shown on a wall, or printed. */
const BARE: [string, Load][] = [
  ['/public/:code/ceremony', async () => (await import('./ceremony-wall')).CeremonyWall],
  [
    '/public/:code/ceremony/:number/minutes',
    async () => (await import('./ceremony-minutes')).CeremonyMinutes,
  ],
  ['/public/items/:code/form/print', async () => (await import('./item-form-print')).PublicItemFormPrint],
  ['/public/bulletins/:number/print', async () => (await import('./bulletin-print')).PublicBulletinPrint],
];

const FRAMED: [string, Load][] = [
  ['/public', async () => (await import('./campaign-list')).PublicCampaignList],
  ['/public/results', async () => (await import('./result-search')).PublicResultSearch],
  ['/public/ceremonies', async () => (await import('./ceremony-list')).PublicCeremonyList],
  ['/public/open-data', async () => (await import('./open-data')).PublicOpenData],
  ['/public/items', async () => (await import('./item-list')).PublicItemList],
  ['/public/items/:code', async () => (await import('./item-page')).PublicItemPage],
  ['/public/annual-plans', async () => (await import('./annual-plan-page')).PublicAnnualPlan],
  ['/public/annual-plans/:year', async () => (await import('./annual-plan-page')).PublicAnnualPlan],
  ['/public/bulletins', async () => (await import('./bulletin-list')).PublicBulletinList],
  ['/public/bulletins/:number', async () => (await import('./bulletin-page')).PublicBulletinPage],
  ['/public/audit', async () => (await import('./audit-page')).PublicAudit],
  ['/public/visit', async () => (await import('./visit-notice')).PublicVisitNotice],
  ['/public/:code', async () => (await import('./campaign-page')).PublicCampaignPage],
];

/** A page that is fetched when somebody goes there; the first one of a visit is there before anything is drawn. */
function routeOf([path, load]: [string, Load]): RouteObject {
  let Ready: ComponentType | null = null;
  const Later = lazy(async () => ({ default: await load() }));
  const Page = () => (Ready ? <Ready /> : <Later />);
  const ready = async () => {
    Ready = await load();
  };
  return { path, element: <Page />, handle: ready };
}

const MISSING = '/public/*';

const routes: RouteObject[] = [
  ...BARE.map(routeOf),
  {
    element: <PublicLayout />,
    children: [...FRAMED.map(routeOf), { path: MISSING, element: <PageMissing home="/public" /> }],
  },
  { path: '*', element: <Elsewhere /> },
];

/** Fetches the page at a path, so that it can be drawn at once; false: there is none. */
export async function preparePage(path: string): Promise<boolean> {
  const route = matchRoutes(routes, path)?.at(-1)?.route;
  await (route?.handle as (() => Promise<void>) | undefined)?.();
  return route !== undefined && route.path !== MISSING;
}

/** Every page for everybody. */
export function OpenPages() {
  return (
    <Crashes>
      <Suspense fallback={<Loading />}>{useRoutes(routes)}</Suspense>
    </Crashes>
  );
}

/** The office is an application of its own, which the server has at this address. */
function Elsewhere() {
  useEffect(() => window.location.reload(), []);
  return <Loading />;
}

class Crashes extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <PageCrashed error={error} />;
  }
}
