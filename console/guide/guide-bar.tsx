import { Anchor, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Icon } from '../shell/icons.tsx';
import { useStats } from '../shell/queries.ts';
import classes from './guide.module.css';
import { useGuideClosed } from './guide-closed.ts';

/** Leads on to the next step of the guide, until a first task has ended or somebody puts it away. */
export function GuideBar() {
  const { t } = useTranslation();
  const { data: stats } = useStats();
  const [isClosed, setClosed] = useGuideClosed();
  if (isClosed || !stats || stats.completed + stats.failed > 0) return null;
  return (
    <aside className={classes.bar} aria-label={t('guide.title')}>
      <Icon name="guide" />
      <span>{t('guide.goOnWhy')}</span>
      <Anchor component={Link} href="/guide" fz="sm">
        {t('guide.goOn')}
      </Anchor>
      <CloseButton size="sm" aria-label={t('guide.close')} onClick={() => setClosed(true)} />
    </aside>
  );
}
