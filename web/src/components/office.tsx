import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { useStillness } from '../lib/use-media';
import { stillTheme, theme } from '../theme';

/** Everything behind the sign-in page: the component library, its look and its language. */
export function Office() {
  const { i18n } = useTranslation();
  const isStill = useStillness();
  const isEnglish = i18n.language === 'en';
  dayjs.locale(isEnglish ? 'en' : 'zh-cn');
  return (
    <ConfigProvider
      theme={isStill ? stillTheme : theme}
      button={{ autoInsertSpace: false }}
      tag={{ variant: 'outlined' }}
      locale={isEnglish ? enUS : zhCN}
    >
      <App>
        <Outlet />
      </App>
    </ConfigProvider>
  );
}
