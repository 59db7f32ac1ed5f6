import { Button, Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Device } from '../../src/contract/device.ts';
import type { Health } from '../../src/contract/health.ts';
import { reconnectDevice } from '../../src/contract/operations/devices.ts';
import { adviceFor } from '../devices/device-reason.ts';
import { DeviceState } from '../devices/device-state.tsx';
import { call, request } from '../shell/api.ts';
import { useAct } from '../shell/use-act.ts';
import classes from './guide.module.css';

const lookEveryMs = 5_000;

/** How a phone gets here, real or virtual, and what the server sees of it now. */
export function ConnectPhone({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.ways}>
      <section>
        <h3>{t('guide.phone.real')}</h3>
        <ol>
          {(['developer', 'debugging', 'plug', 'accept'] as const).map((step) => (
            <li key={step}>{t(`guide.phone.${step}`)}</li>
          ))}
        </ol>
        <p>{t('guide.phone.vendors')}</p>
      </section>
      <section>
        <h3>{t('guide.phone.virtual')}</h3>
        <p>{t('guide.phone.virtualWhy')}</p>
        <Code block>npx --no-install drover serve --sim 2</Code>
      </section>
      <section aria-live="polite">
        <h3>{t('guide.phone.seen')}</h3>
        <Findings devices={devices} />
      </section>
    </div>
  );
}

function Findings({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation();
  const health = useQuery({
    queryKey: ['health'],
    // Answers with its findings also where it is not well.
    queryFn: async ({ signal }) => (await (await request('/healthz', { signal })).json()) as Health,
    refetchInterval: lookEveryMs,
  });
  const adb = health.data?.adb;
  return (
    <ul className={classes.findings}>
      {adb !== undefined && (
        <li data-sound={adb === 'ok' || undefined}>
          <b>{t(adb === 'ok' ? 'guide.adb.ok' : 'guide.adb.lost')}</b>
          {adb !== 'ok' && (
            <>
              <bdi>{adb}</bdi>
              <span>{t('guide.adb.next')}</span>
              <Code block>npx --no-install drover doctor</Code>
            </>
          )}
        </li>
      )}
      {devices.length === 0 ? (
        <li>{t('guide.phone.none')}</li>
      ) : (
        devices.map((device) => <Finding key={device.serial} device={device} />)
      )}
    </ul>
  );
}

function Finding({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const { serial, name, reason, state } = device;
  const advice = adviceFor(device);
  const told = { done: '', failed: t('devices.actions.reconnect'), stale: [['devices']] };
  return (
    <li data-sound={advice === undefined || undefined}>
      <Link href={`/devices/${encodeURIComponent(serial)}`}>
        <bdi>{name || serial}</bdi>
      </Link>
      <DeviceState device={device} />
      {advice !== undefined && (
        <>
          <span>{t(`guide.advice.${advice}`)}</span>
          {reason !== null && <bdi>{reason}</bdi>}
        </>
      )}
      {(state === 'offline' || state === 'absent' || state === 'ailing') && (
        <Button
          size="compact-xs"
          variant="default"
          loading={isBusy}
          onClick={() => void act(told, () => call(reconnectDevice, { params: { serial } }))}
        >
          {t('devices.actions.reconnect')}
        </Button>
      )}
    </li>
  );
}
