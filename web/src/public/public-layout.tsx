import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet } from 'react-router';
import { LanguageSwitch } from '../components/language-switch';

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
          <NavLink to="/public" end>
            {t('open.nav.campaigns')}
          </NavLink>
          <NavLink to="/public/annual-plans">{t('annual.open.nav')}</NavLink>
          <NavLink to="/public/bulletins">{t('bulletin.open.nav')}</NavLink>
          <NavLink to="/public/items">{t('open.nav.items')}</NavLink>
          <NavLink to="/">{t('open.nav.signIn')}</NavLink>
        </nav>
        <div className="header-end">
          <LanguageSwitch />
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        <Outlet />
        <p className="muted small footer">
          {t('open.footer')} <Link to="/public/audit">{t('auditOpen.link')}</Link>
        </p>
      </main>
      <nav className="bottom-nav" aria-label={t('nav.main')}>
        <NavLink to="/public" end>
          {t('open.nav.campaigns')}
        </NavLink>
        <NavLink to="/public/annual-plans">{t('annual.open.nav')}</NavLink>
        <NavLink to="/public/bulletins">{t('bulletin.open.nav')}</NavLink>
        <NavLink to="/public/items">{t('open.nav.items')}</NavLink>
        <NavLink to="/">{t('open.nav.signIn')}</NavLink>
      </nav>
    </div>
  );
}
