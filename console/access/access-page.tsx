import { useTranslation } from 'react-i18next';
import { Page } from '../shell/page.tsx';
import { LicencePart } from './licence-part.tsx';
import { TokensPart } from './tokens-part.tsx';
import { WebhooksPart } from './webhooks-part.tsx';

/** Who may call, who is told, and which plan holds. */
export function AccessPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.access')} lead={t('access.lead')}>
      <TokensPart />
      <WebhooksPart />
      <LicencePart />
    </Page>
  );
}
