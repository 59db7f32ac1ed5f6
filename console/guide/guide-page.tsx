import { useTranslation } from 'react-i18next';
import { Page } from '../shell/page.tsx';
import { Guide } from './guide.tsx';

/** The guide, for whoever comes back to it. */
export function GuidePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('guide.title')} lead={t('guide.lead')}>
      <Guide />
    </Page>
  );
}
