import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { scriptNames } from '../../src/contract/script-names.ts';
import { statusTexts } from '../../src/contract/task-states.ts';
import { Chip, Chips } from '../shell/chips.tsx';
import { useCommands } from '../shell/commands.ts';
import { count } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { Page } from '../shell/page.tsx';
import { oneOf, useParams } from '../shell/params.ts';
import { useDevices, useStats } from '../shell/queries.ts';
import type { TaskFilter } from './task-rows.ts';
import { TaskTable } from './task-table.tsx';
import classes from './tasks-page.module.css';

/** Every task there is, newest first. */
export function TasksPage() {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const [params, change] = useParams();
  const { data: stats } = useStats();
  const { data: devices = [] } = useDevices();
  const status = oneOf(statusTexts, params.get('status'));
  const script = oneOf(scriptNames, params.get('script'));
  const serial = params.get('serial') ?? '';
  const source = oneOf(['ui', 'api'] as const, params.get('source'));
  const filter = useMemo(
    (): TaskFilter => ({
      ...(status && { status: statusTexts.indexOf(status) }),
      ...(script && { script_name: script }),
      ...(serial && { serial }),
      ...(source && { source }),
    }),
    [status, script, serial, source],
  );
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());

  useCommands([
    { id: 'new-task', label: t('tasks.create'), keys: 'c', section: t('nav.tasks'), run: () => go('/tasks/new') },
  ]);

  return (
    <Page
      isWide
      title={t('nav.tasks')}
      actions={
        <Button component={Link} href="/tasks/new" size="xs" leftSection={<Icon name="plus" />}>
          {t('tasks.create')}
        </Button>
      }
    >
      <search className={classes.tools ?? ''}>
        <Chips label={t('tasks.status')}>
          <Chip isOn={status === undefined} onClick={() => change({ status: undefined })}>
            {t('tasks.all')} {stats && <b>{count(i18n.language, stats.total)}</b>}
          </Chip>
          {statusTexts.map((name) => (
            <Chip
              key={name}
              isOn={status === name}
              onClick={() => change({ status: status === name ? undefined : name })}
            >
              {t(`tasks.standings.${name}`)} {stats && <b>{count(i18n.language, stats[name])}</b>}
            </Chip>
          ))}
        </Chips>
        <div className={classes.selects}>
          <Select
            size="xs"
            aria-label={t('tasks.script')}
            placeholder={t('tasks.anyScript')}
            clearable
            value={script ?? null}
            data={scriptNames.map((value) => ({ value, label: t(`scripts.${value}`) }))}
            onChange={(value) => change({ script: value ?? undefined })}
          />
          <Select
            size="xs"
            aria-label={t('tasks.phone')}
            placeholder={t('tasks.anyPhone')}
            clearable
            searchable
            limit={50}
            nothingFoundMessage={t('palette.none')}
            value={serial || null}
            data={phoneOptions(devices, serial)}
            onChange={(value) => change({ serial: value ?? undefined })}
          />
          <Select
            size="xs"
            aria-label={t('tasks.source')}
            placeholder={t('tasks.anySource')}
            clearable
            value={source ?? null}
            data={(['api', 'ui'] as const).map((value) => ({ value, label: t(`tasks.sources.${value}`) }))}
            onChange={(value) => change({ source: value ?? undefined })}
          />
        </div>
      </search>
      <TaskTable
        key={JSON.stringify(filter)}
        filter={filter}
        chosen={chosen}
        onChosen={setChosen}
        isFiltered={Object.keys(filter).length > 0}
        onShowAll={() => change({ status: undefined, script: undefined, serial: undefined, source: undefined })}
      />
    </Page>
  );
}

function phoneOptions(devices: readonly { serial: string; name: string }[], serial: string) {
  const options = devices.map((device) => ({
    value: device.serial,
    label: device.name && device.name !== device.serial ? `${device.name} (${device.serial})` : device.serial,
  }));
  const isKnown = serial === '' || options.some(({ value }) => value === serial);
  return isKnown ? options : [...options, { value: serial, label: serial }];
}
