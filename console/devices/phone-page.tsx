import { ActionIcon, Button, Menu, Tabs, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { Device } from '../../src/contract/device.ts';
import { changeDevice } from '../../src/contract/operations/devices.ts';
import { call } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { count, degrees, megabytes, percent } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { tellDone, tellFailure } from '../shell/notify.tsx';
import { Page } from '../shell/page.tsx';
import { oneOf, useParams as useAddress } from '../shell/params.ts';
import { useDevices } from '../shell/queries.ts';
import { Instant } from '../shell/time.tsx';
import { useFileDrop } from '../shell/use-file-drop.ts';
import { TaskTable } from '../tasks/task-table.tsx';
import { maintenance } from './actions.ts';
import { useMaintain } from './chosen-bar.tsx';
import { reasonText } from './device-reason.ts';
import { DeviceState } from './device-state.tsx';
import { DropSheet } from './drop-sheet.tsx';
import { FilesTab } from './files-tab.tsx';
import { useHold } from './hold.ts';
import { LogTab } from './log-tab.tsx';
import classes from './phone-page.module.css';
import { ScreenReading } from './screen-reading.tsx';
import { ScreenView } from './screen-view.tsx';
import { TransferList } from './transfer-list.tsx';
import { useTransfers } from './use-transfers.ts';

/** One phone: its screen, what it is and how it stands, its tasks. */
export function PhonePage() {
  const { t } = useTranslation();
  const serial = decodeURIComponent(useParams<{ serial: string }>().serial ?? '');
  const devices = useDevices();
  const device = devices.data?.find((one) => one.serial === serial);
  if (devices.isError && !devices.data)
    return (
      <Page title={serial}>
        <Failed error={devices.error} onAgain={() => void devices.refetch()} />
      </Page>
    );
  if (!device)
    return (
      <Page title={serial}>
        {devices.isSuccess && (
          <Empty icon="phone" title={t('devices.unknown')}>
            <p>{t('devices.unknownText')}</p>
          </Empty>
        )}
      </Page>
    );
  return <Phone device={device} />;
}

const tabs = ['overview', 'files', 'log'] as const;
type Tab = (typeof tabs)[number];
const downloads = '/sdcard/Download';

function Phone({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { serial } = device;
  const hold = useHold(serial);
  const [params, change] = useAddress();
  const tab = oneOf(tabs, params.get('tab')) ?? 'overview';
  const folder = params.get('folder') ?? downloads;
  const { transfers, add, replace, close } = useTransfers(serial, hold);
  const send = (files: readonly File[]) => add(files, folder);
  const isOver = useFileDrop(send);
  const show = (to: Tab) => change({ tab: to === 'overview' ? undefined : to });
  useCommands(
    tabs.map((name) => ({
      id: `phone-${name}`,
      label: t(`devices.tabs.${name}`),
      section: device.name || serial,
      run: () => show(name),
    })),
  );
  return (
    <Page title={device.name || serial} lead={<bdi>{serial}</bdi>} actions={<Actions device={device} />}>
      {isOver && <DropSheet folder={folder} />}
      <div className={classes.columns}>
        <ScreenView device={device} hold={hold} />
        <div className={classes.side}>
          <TransferList transfers={transfers} onReplace={replace} onClose={close} />
          <Tabs value={tab} onChange={(value) => show(oneOf(tabs, value) ?? 'overview')} keepMounted={false}>
            <Tabs.List aria-label={t('devices.tabs.label')}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`devices.tabs.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="overview" className={classes.panel}>
              <Overview device={device} />
            </Tabs.Panel>
            <Tabs.Panel value="files" className={classes.panel}>
              <FilesTab
                serial={serial}
                hold={hold}
                folder={folder}
                onFolder={(path) => change({ folder: path === downloads ? undefined : path })}
                onSend={send}
              />
            </Tabs.Panel>
            <Tabs.Panel value="log" className={classes.panel}>
              <LogTab serial={serial} />
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
    </Page>
  );
}

/** What it is, how it stands, what is on its screen and what it does. */
function Overview({ device }: { device: Device }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isInspecting, setInspecting] = useState(false);
  return (
    <>
      <Facts device={device} />
      <Naming key={device.serial} device={device} />
      <section className={classes.box}>
        <h2>
          {t('devices.hierarchy')}
          <Button size="compact-xs" variant="default" onClick={() => setInspecting((before) => !before)}>
            {isInspecting ? t('shell.close') : t('devices.readScreen')}
          </Button>
        </h2>
        {isInspecting && <ScreenReading serial={device.serial} />}
      </section>
      <section className={classes.tasks}>
        <h2>{t('devices.tasksHere')}</h2>
        <TaskTable
          filter={{ serial: device.serial }}
          chosen={chosen}
          onChosen={setChosen}
          isFiltered={false}
          onShowAll={() => undefined}
        />
      </section>
    </>
  );
}

function Actions({ device }: { device: Device }) {
  const { t } = useTranslation();
  const run = useMaintain();
  const isDisabled = device.state === 'disabled';
  const fits = maintenance.filter(
    (action) =>
      (action !== 'own' || !device.owned) &&
      (action !== 'enable' || isDisabled) &&
      (action !== 'disable' || !isDisabled),
  );
  return (
    <>
      <Button
        component={Link}
        size="xs"
        href={`/tasks/new?serials=${encodeURIComponent(device.serial)}`}
        leftSection={<Icon name="plus" />}
      >
        {t('tasks.create')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={t('tasks.more')} loading={run.isPending}>
            <Icon name="down" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {fits.map((action) => (
            <Menu.Item key={action} onClick={() => run.mutate({ action, serials: [device.serial] })}>
              {t(`devices.actions.${action}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Facts({ device }: { device: Device }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { battery } = device;
  const reason = reasonText(i18n, device);
  return (
    <section className={classes.box} aria-label={t('devices.facts')}>
      <DeviceState device={device} />
      {reason !== undefined && (
        <p className={classes.reason} dir="auto">
          {reason}
        </p>
      )}
      {device.held_by !== null && (
        <p>
          {t('devices.heldBy', { person: device.held_by })}
          {device.held_until !== null && (
            <>
              {' · '}
              <Instant at={device.held_until} />
            </>
          )}
        </p>
      )}
      {!device.owned && <p className={classes.reason}>{t('devices.notOwned')}</p>}
      <dl className={classes.facts}>
        <Fact name={t('devices.model')}>{device.model ?? '–'}</Fact>
        <Fact name="Android">{device.android ?? '–'}</Fact>
        <Fact name="adb">{device.adb_state ?? '–'}</Fact>
        {battery?.level != null && (
          <Fact name={t('devices.battery')}>
            {percent(language, battery.level)}
            {battery.temperature_c !== null && ` · ${degrees(language, battery.temperature_c)}`}
            {battery.charging && ` · ${t('devices.charging')}`}
          </Fact>
        )}
        {device.storage_free_mb !== null && (
          <Fact name={t('devices.storageFree')}>{megabytes(language, device.storage_free_mb)}</Fact>
        )}
        <Fact name={t('devices.queue')}>{count(language, device.queue_length)}</Fact>
        {device.groups.length > 0 && <Fact name={t('devices.groupings.group')}>{device.groups.join(', ')}</Fact>}
        {device.apps.map(({ package: name, version }) => (
          <Fact key={name} name={name}>
            {version ?? '–'}
          </Fact>
        ))}
        {device.running_task_id !== null && (
          <Fact name={t('devices.states.working')}>
            <Link href={`/tasks/${device.running_task_id}`}>{t('tasks.title', { id: device.running_task_id })}</Link>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt dir="auto">{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

function Naming({ device }: { device: Device }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(device.name);
  const [tags, setTags] = useState<string[]>(device.tags);
  const save = useMutation({
    mutationFn: () =>
      call(changeDevice, { params: { serial: device.serial }, body: { name: name.trim() === '' ? null : name, tags } }),
    onSuccess: () => {
      tellDone(t('devices.saved'));
      void client.invalidateQueries({ queryKey: ['devices'] });
    },
    onError: (error) => tellFailure(t('devices.notSaved'), error, i18n),
  });
  const isChanged = name !== device.name || tags.join() !== device.tags.join();
  return (
    <form
      className={classes.naming}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        size="xs"
        label={t('devices.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TagsInput size="xs" label={t('devices.tags')} maxTags={50} value={tags} onChange={setTags} />
      <Button size="xs" variant="default" type="submit" disabled={!isChanged} loading={save.isPending}>
        {t('shell.save')}
      </Button>
    </form>
  );
}
