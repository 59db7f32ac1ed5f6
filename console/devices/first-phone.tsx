import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Guide } from '../guide/guide.tsx';
import { useGuideClosed } from '../guide/guide-closed.ts';
import { Empty } from '../shell/empty.tsx';

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
      <Guide />
    </>
  );
}
