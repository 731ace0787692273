import { DownOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation, useNavigate } from 'react-router';
import type { OfficeLink } from './use-office-links';

/** For the button that opens the rest. */
const MORE_PX = 96;

/** The pages side by side; those for which there is no room are in a menu at the end. */
export function HeaderNav({ links }: { links: OfficeLink[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const bar = useRef<HTMLElement>(null);
  const [room, setRoom] = useState(links.length);
  const labels = links.map(({ label }) => label).join();

  useEffect(() => {
    const nav = bar.current;
    if (!nav) return undefined;
    const observer = new ResizeObserver(() => setRoom(roomIn(nav)));
    observer.observe(nav);
    return () => observer.disconnect();
  }, [labels]);

  const rest = links.slice(room);
  const isWithin = rest.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <nav className="header-nav" aria-label={t('nav.main')} ref={bar}>
      {links.map(({ to, label }, at) => (
        <NavLink key={to} to={to} end={to === '/'} className={at < room ? '' : 'out-of-room'}>
          {label}
        </NavLink>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map(({ to, label }) => ({ key: to, label, onClick: () => void navigate(to) })),
          }}
        >
          <button type="button" className={isWithin ? 'nav-more active' : 'nav-more'}>
            {t('shell.more')} <DownOutlined aria-hidden />
          </button>
        </Dropdown>
      )}
    </nav>
  );
}

/** How many links fit, with room for the menu where not all do. */
function roomIn(nav: HTMLElement): number {
  const widths = [...nav.querySelectorAll('a')].map((link) => link.offsetWidth + 4);
  const all = widths.reduce((sum, width) => sum + width, 0);
  if (all <= nav.clientWidth) return widths.length;
  let used = MORE_PX;
  return widths.filter((width) => (used += width) <= nav.clientWidth).length;
}
