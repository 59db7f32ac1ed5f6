import { Button, CloseButton, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { visible } from '../shell/visible.ts';
import classes from './transfer-list.module.css';
import { isEnded, type Transfer } from './use-transfers.ts';

interface TransferListProps {
  transfers: readonly Transfer[];
  onReplace(id: number): void;
  onClose(id: number): void;
}

/** What is on its way to the phone, and what became of it. */
export function TransferList({ transfers, onReplace, onClose }: TransferListProps) {
  const { t } = useTranslation();
  if (transfers.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('devices.transfers.label')} aria-live="polite">
      {transfers.map((transfer) => {
        const { id, state, share, problem } = transfer;
        const name = visible(transfer.name);
        return (
          <li key={id} data-state={state}>
            <bdi className={classes.name}>{name}</bdi>
            <span className={classes.state} dir="auto">
              {t(`devices.transfers.states.${state}`)}
              {problem !== '' && `: ${problem}`}
            </span>
            {state === 'sending' && <Progress value={share * 100} size="sm" aria-label={name} />}
            {state === 'taken' && (
              <Button size="compact-xs" variant="default" onClick={() => onReplace(id)}>
                {t('devices.transfers.replace')}
              </Button>
            )}
            <CloseButton
              size="xs"
              aria-label={t(isEnded(transfer) ? 'devices.transfers.forget' : 'devices.transfers.stop', { name })}
              onClick={() => onClose(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
