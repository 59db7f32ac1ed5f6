import { Progress } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'wouter';
import type { Device } from '../../src/contract/device.ts';
import type { Task } from '../../src/contract/task.ts';
import { count, megabytes, percent } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { causeText } from '../shell/said.ts';
import { useSpeech } from '../shell/speech.tsx';
import { reasonText } from './device-reason.ts';
import { DeviceState } from './device-state.tsx';
import { useThumbnail } from './thumbnails.ts';
import classes from './tile.module.css';

export interface TileProps {
  device: Device;
  running: Task | undefined;
  /** The newest failed task of the phone, while nothing has gone well since. */
  failed: Task | undefined;
  isPaused: boolean;
  isChosen: boolean;
  isFocused: boolean;
  onChoose: (serial: string, isRange: boolean) => void;
}

/** One phone on the wall. */
export const Tile = memo(function Tile({
  device,
  running,
  failed,
  isPaused,
  isChosen,
  isFocused,
  onChoose,
}: TileProps) {
  const speech = useSpeech();
  const { t } = speech;
  const { serial, name } = device;
  const reason = reasonText(speech, device);
  const path = `/devices/${encodeURIComponent(serial)}`;
  const title = name || serial;
  return (
    <article className={classes.tile} data-chosen={isChosen || undefined} aria-label={title}>
      <Screen device={device} path={path} />
      <div className={classes.facts}>
        <div className={classes.head}>
          <Link
            href={path}
            className={classes.name ?? ''}
            data-tile-link={serial}
            tabIndex={isFocused ? 0 : -1}
            dir="auto"
          >
            {title}
          </Link>
          <input
            type="checkbox"
            className={classes.check}
            checked={isChosen}
            aria-label={t('devices.choose', { name: title })}
            tabIndex={isFocused ? 0 : -1}
            onChange={(event) => onChoose(serial, (event.nativeEvent as MouseEvent).shiftKey)}
          />
        </div>
        <div className={classes.serial}>
          <bdi>{serial}</bdi>
          {device.virtual && <span className={classes.mark}>{t('devices.virtual')}</span>}
          {isPaused && <span className={classes.mark}>{t('devices.paused')}</span>}
        </div>
        <DeviceState device={device} />
        <div className={classes.now}>
          {running ? (
            <RunningTask task={running} />
          ) : reason !== undefined ? (
            <p className={classes.reason} dir="auto" title={device.reason ?? reason}>
              {reason}
            </p>
          ) : device.held_by !== null ? (
            <p className={classes.reason} dir="auto">
              {t('devices.heldBy', { person: device.held_by })}
            </p>
          ) : failed ? (
            <FailedTask task={failed} />
          ) : !device.owned ? (
            <p className={classes.reason}>{t('devices.notOwned')}</p>
          ) : null}
        </div>
        <Vitals device={device} />
      </div>
    </article>
  );
});

function Screen({ device, path }: { device: Device; path: string }) {
  const { t } = useSpeech();
  const canShow = device.state === 'ready' || device.state === 'preparing';
  const url = useThumbnail(device.serial, { isWanted: canShow, isBusy: device.running_task_id !== null });
  return (
    <Link href={path} className={classes.screen ?? ''} tabIndex={-1} aria-hidden="true">
      {url ? (
        <img src={url} alt="" decoding="async" data-stale={!canShow || undefined} />
      ) : (
        <span className={classes.noScreen} title={t('devices.noPicture')}>
          <Icon name="phone" size={22} />
        </span>
      )}
    </Link>
  );
}

function RunningTask({ task }: { task: Task }) {
  const { t } = useSpeech();
  const step = task.progress?.step;
  return (
    <Link href={`/tasks/${task.id}`} className={classes.task ?? ''} tabIndex={-1}>
      <span className={classes.taskName}>{t(`scripts.${task.script_name}`)}</span>
      {step !== undefined && (
        <>
          {' · '}
          <bdi>{step}</bdi>
        </>
      )}
      <Progress
        size={4}
        mt={4}
        value={task.progress?.percent ?? 100}
        striped={task.progress?.percent == null}
        animated={task.progress?.percent == null}
        aria-label={t('devices.progress')}
      />
    </Link>
  );
}

function FailedTask({ task }: { task: Task }) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <Link href={`/tasks/${task.id}`} className={classes.failed ?? ''} tabIndex={-1}>
      <Icon name="warn" size={14} />
      <span>
        {t(`scripts.${task.script_name}`)}: <bdi>{task.failure ? causeText(speech, task.failure) : task.remark}</bdi>
      </span>
    </Link>
  );
}

function Vitals({ device }: { device: Device }) {
  const { t, language } = useSpeech();
  const { battery, storage_free_mb: free, queue_length: queue } = device;
  const app = device.apps.find(({ version }) => version !== null);
  const isLow = battery?.level != null && battery.level < 20 && !battery.charging;
  return (
    <dl className={classes.vitals}>
      {battery?.level != null && (
        <div data-warn={isLow || undefined}>
          <dt>
            <Icon name={battery.charging ? 'bolt' : 'battery'} size={14} />
            <span className="out-of-sight">{t('devices.battery')}</span>
          </dt>
          <dd>{percent(language, battery.level)}</dd>
        </div>
      )}
      {free !== null && (
        <div data-warn={free < 1024 || undefined}>
          <dt>
            <Icon name="disk" size={14} />
            <span className="out-of-sight">{t('devices.storageFree')}</span>
          </dt>
          <dd>{megabytes(language, free)}</dd>
        </div>
      )}
      <div>
        <dt>
          <Icon name="queue" size={14} />
          <span className="out-of-sight">{t('devices.queue')}</span>
        </dt>
        <dd>{count(language, queue)}</dd>
      </div>
      {app && (
        <div className={classes.app} title={app.package}>
          <dt className="out-of-sight">{t('devices.appVersion')}</dt>
          <dd>{app.version}</dd>
        </div>
      )}
    </dl>
  );
}
