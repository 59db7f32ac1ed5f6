import { Button, CloseButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../src/contract/device.ts';
import { tellDone, tellFailure } from '../shell/notify.tsx';
import { type Maintenance, maintain, maintenance } from './actions.ts';
import classes from './chosen-bar.module.css';

/** What can be done to the chosen phones. */
export function ChosenBar({ devices, onClear }: { devices: readonly Device[]; onClear: () => void }) {
  const { t } = useTranslation();
  const run = useMaintain();
  const serials = devices.map(({ serial }) => serial);
  const fits: Readonly<Record<Maintenance, boolean>> = {
    pause: true,
    resume: true,
    reconnect: devices.some(({ state }) => state !== 'disabled'),
    disable: devices.some(({ state }) => state !== 'disabled'),
    enable: devices.some(({ state }) => state === 'disabled'),
    own: devices.some(({ owned }) => !owned),
  };
  return (
    <section className={classes.bar} aria-label={t('devices.chosenActions')}>
      <span className={classes.count}>{t('devices.chosen', { count: devices.length })}</span>
      {maintenance
        .filter((action) => fits[action])
        .map((action) => (
          <Button
            key={action}
            size="compact-sm"
            variant="default"
            disabled={run.isPending}
            onClick={() => run.mutate({ action, serials })}
            title={t(`devices.actionHelp.${action}`)}
          >
            {t(`devices.actions.${action}`)}
          </Button>
        ))}
      <CloseButton size="sm" onClick={onClear} aria-label={t('devices.chooseNone')} />
    </section>
  );
}

export function useMaintain() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, serials }: { action: Maintenance; serials: readonly string[] }) =>
      maintain(client, action, serials),
    onSuccess: ({ done, failed }, { action }) => {
      const name = t(`devices.actions.${action}`);
      if (done > 0) tellDone(t('devices.actionDone', { action: name, count: done }));
      const [first] = failed;
      if (first)
        tellFailure(
          t('devices.actionFailed', { action: name, count: failed.length }),
          new Error(`${first.serial}: ${first.message}`),
          i18n,
        );
    },
  });
}
