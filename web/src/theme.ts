import type { ThemeConfig } from 'antd';

/**
 * One accent colour; the public pages take the same values from styles.css. Small grey text and the grounds of notes are
 * named because what the library derives from these colours is too pale to read, or muddy.
 */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#155e8b',
    colorInfo: '#155e8b',
    colorLink: '#155e8b',
    colorLinkHover: '#0f4768',
    colorLinkActive: '#0f4768',
    colorError: '#b3261e',
    colorSuccess: '#2b7a4b',
    colorWarning: '#a86400',
    colorText: '#1d2733',
    colorTextSecondary: '#566270',
    colorTextTertiary: '#566270',
    colorTextDescription: '#566270',
    colorTextPlaceholder: '#6b7683',
    colorPrimaryBg: '#e3eef5',
    colorInfoBg: '#eaf3f9',
    colorInfoBorder: '#a9cbe0',
    colorWarningBg: '#fdf8ec',
    colorWarningBorder: '#e3c787',
    colorErrorBg: '#fcefee',
    colorErrorBorder: '#e9b5b1',
    colorBgLayout: '#f4f6f8',
    borderRadius: 6,
    fontFamily:
      "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  },
  components: { Segmented: { trackBg: '#e2e7ec' } },
};

/** Dialogs, menus and messages are there or not there, without moving in or out. */
export const stillTheme: ThemeConfig = { ...theme, token: { ...theme.token, motion: false } };
