import { CloseButton, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './media-page.module.css';
import type { Upload } from './use-uploads.ts';

/** What is on its way, and what became of it. */
export function Uploads({ uploads, onClose }: { uploads: readonly Upload[]; onClose(id: number): void }) {
  const { t } = useTranslation();
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.uploads} aria-label={t('media.uploads')} aria-live="polite">
      {uploads.map(({ id, name, share, state, problem }) => (
        <li key={id} data-state={state}>
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.facts} dir="auto">
            {state === 'sending' && share >= 1 ? t('media.checking') : t(`media.states.${state}`)}
            {state === 'failed' && `: ${problem || t('errors.unreachable')}`}
          </span>
          {state === 'sending' ? (
            <Progress value={share * 100} size="sm" aria-label={name} />
          ) : (
            <CloseButton size="xs" aria-label={t('shell.close')} onClick={() => onClose(id)} />
          )}
        </li>
      ))}
    </ul>
  );
}
