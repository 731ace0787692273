import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageSwitch } from '../language-switch';

/** What all steps of signing in stand in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="sign-in">
      <Card className="sign-in-card">
        <h1 className="sign-in-title">
          <img src="/favicon.svg" alt="" width={34} height={34} /> {t('product')}
        </h1>
        <p className="muted">{t('tagline')}</p>
        {children}
        <p className="muted small">{t('signIn.hint')}</p>
        <p className="sign-in-foot">
          <Link to="/public">{t('signIn.toPublic')}</Link>
          <LanguageSwitch />
        </p>
      </Card>
    </main>
  );
}
