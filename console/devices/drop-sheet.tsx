import { useTranslation } from 'react-i18next';
import { Icon } from '../shell/icons.tsx';
import classes from './drop-sheet.module.css';

/** Says what letting go will do, while files hang over the page. */
export function DropSheet({ folder }: { folder: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.sheet} role="status">
      <div className={classes.box}>
        <Icon name="upload" size={32} />
        <strong>{t('devices.drop.title')}</strong>
        <span dir="auto">{t('devices.drop.files', { folder })}</span>
        <span>{t('devices.drop.apps')}</span>
      </div>
    </div>
  );
}
