import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet } from 'react-router';
import { LanguageSwitch } from '../components/language-switch';
import { Loading } from '../components/open-parts';

/** The frame of the pages for everybody: plain HTML, nothing of the office's component library is loaded. */
export function PublicLayout() {
  const { t } = useTranslation();
  return (
    <div className="frame open">
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header className="header">
        <Link to="/public" className="brand">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          {t('product')}
        </Link>
        <nav className="header-nav" aria-label={t('nav.main')}>
          <MainLinks />
          <NavLink to="/public/ceremonies">{t('openPages.nav.ceremonies')}</NavLink>
          <a href="/">{t('open.nav.signIn')}</a>
        </nav>
        <div className="header-end">
          <LanguageSwitch />
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        <noscript>
          <p className="note small">{t('openPages.withoutScript')}</p>
        </noscript>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="page open-footer muted small">
        <p>{t('open.footer')}</p>
        <nav className="head-links" aria-label={t('openPages.more')}>
          <Link to="/public/ceremonies">{t('openPages.nav.ceremonies')}</Link>
          <Link to="/public/open-data">{t('openPages.nav.openData')}</Link>
          <Link to="/public/visit">{t('openPages.nav.notice')}</Link>
          <Link to="/public/audit">{t('auditOpen.link')}</Link>
          <a href="/">{t('open.nav.signIn')}</a>
        </nav>
      </footer>
      <nav className="bottom-nav" aria-label={t('nav.main')}>
        <MainLinks />
      </nav>
    </div>
  );
}

function MainLinks() {
  const { t } = useTranslation();
  return (
    <>
      <NavLink to="/public" end>
        {t('open.nav.campaigns')}
      </NavLink>
      <NavLink to="/public/results">{t('openPages.nav.results')}</NavLink>
      <NavLink to="/public/annual-plans">{t('annual.open.nav')}</NavLink>
      <NavLink to="/public/bulletins">{t('bulletin.open.nav')}</NavLink>
      <NavLink to="/public/items">{t('open.nav.items')}</NavLink>
    </>
  );
}
