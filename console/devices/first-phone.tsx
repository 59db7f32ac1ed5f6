import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../shell/empty.tsx';

/** No phone is known yet: how to get one, real or virtual. */
export function FirstPhone() {
  const { t } = useTranslation();
  return (
    <Empty icon="phone" title={t('firstPhone.title')}>
      <p>{t('firstPhone.virtual')}</p>
      <Code block>npm run serve -- --sim 5</Code>
      <p>{t('firstPhone.real')}</p>
      <Code block>npx --no-install drover doctor</Code>
      <p>{t('firstPhone.after')}</p>
    </Empty>
  );
}
