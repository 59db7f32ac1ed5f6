import { Button, Group } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useGuideClosed } from '../guide/guide-closed.ts';
import { Empty } from '../shell/empty.tsx';

// It brings forms along that a fleet at work does not need to be seen.
const Guide = lazy(async () => ({ default: (await import('../guide/guide.tsx')).Guide }));

/** No phone is known yet: the guide, or the way back to it for those who have put it away. */
export function FirstPhone() {
  const { t } = useTranslation();
  const [isClosed, setClosed] = useGuideClosed();
  if (isClosed)
    return (
      <Empty icon="phone" title={t('firstPhone.title')}>
        <p>{t('firstPhone.after')}</p>
        <Button variant="default" size="xs" onClick={() => setClosed(false)}>
          {t('guide.show')}
        </Button>
      </Empty>
    );
  return (
    <>
      <Group justify="space-between" mb="sm" maw="60rem">
        <span>{t('guide.lead')}</span>
        <Button variant="default" size="xs" onClick={() => setClosed(true)}>
          {t('guide.close')}
        </Button>
      </Group>
      <Suspense fallback={<div aria-busy="true" />}>
        <Guide />
      </Suspense>
    </>
  );
}
