import { MenuOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { OfficeLink } from './use-office-links';

/** As many as a thumb can tell apart. */
const FIRST = 4;

/** On a phone: the pages of every day, and all others behind one button. */
export function BottomNav({ links }: { links: OfficeLink[] }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const first = links.length <= FIRST + 1 ? links : links.slice(0, FIRST);
  const rest = links.slice(first.length);
  return (
    <nav className="bottom-nav" aria-label={t('nav.main')}>
      {first.map(({ to, label }) => (
        <NavLink key={to} to={to} end={to === '/'}>
          {label}
        </NavLink>
      ))}
      {rest.length > 0 && (
        <button type="button" onClick={() => setIsOpen(true)} aria-expanded={isOpen}>
          <MenuOutlined aria-hidden /> {t('shell.more')}
        </button>
      )}
      <Drawer
        placement="bottom"
        size="auto"
        open={isOpen}
        title={t('shell.morePages')}
        onClose={() => setIsOpen(false)}
      >
        <div className="more-pages">
          {rest.map(({ to, label }) => (
            <NavLink key={to} to={to} onClick={() => setIsOpen(false)}>
              {label}
            </NavLink>
          ))}
        </div>
      </Drawer>
    </nav>
  );
}
