import { Select, TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuideBar } from '../guide/guide-bar.tsx';
import { Chip, Chips } from '../shell/chips.tsx';
import { useCommands } from '../shell/commands.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { count } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { Page } from '../shell/page.tsx';
import { oneOf, useParams } from '../shell/params.ts';
import { useDevices } from '../shell/queries.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { FirstPhone } from './first-phone.tsx';
import { Wall } from './wall.tsx';
import {
  countStandings,
  filterDevices,
  type Grouping,
  groupDevices,
  groupings,
  type Sort,
  sortDevices,
  sorts,
  standings,
  type WallView,
} from './wall-model.ts';
import classes from './wall-page.module.css';

/** All phones at a glance. */
export function WallPage() {
  const { t, i18n } = useTranslation();
  const devices = useDevices();
  const all = devices.data ?? [];
  const [view, change] = useView();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);

  const shown = useMemo(() => sortDevices(filterDevices(all, view), view.sort), [all, view]);
  const groups = useMemo(() => groupDevices(shown, view.grouping), [shown, view.grouping]);
  const counts = useMemo(() => countStandings(all), [all]);
  const chosenHere = useMemo(() => all.filter(({ serial }) => chosen.has(serial)), [all, chosen]);
  const clear = () => setChosen(new Set());

  useCommands([
    { id: 'find', label: t('devices.find'), keys: '/', section: t('nav.wall'), run: () => search.current?.focus() },
    {
      id: 'choose-all',
      label: t('devices.chooseShown'),
      keys: 'mod+a',
      section: t('nav.wall'),
      run: () => setChosen(new Set(shown.map(({ serial }) => serial))),
    },
    { id: 'choose-none', label: t('devices.chooseNone'), keys: 'Escape', section: t('nav.wall'), run: clear },
  ]);

  if (devices.isError && all.length === 0)
    return (
      <Page title={t('nav.wall')}>
        <Failed error={devices.error} onAgain={() => void devices.refetch()} />
      </Page>
    );
  if (devices.isSuccess && all.length === 0)
    return (
      <Page title={t('nav.wall')}>
        <FirstPhone />
      </Page>
    );
  return (
    <Page
      isWide
      title={t('nav.wall')}
      lead={
        devices.isSuccess
          ? t('devices.summary', { count: all.length, ready: counts.idle + counts.working + counts.held })
          : ''
      }
    >
      <GuideBar />
      <search className={classes.tools ?? ''}>
        <TextInput
          ref={search}
          className={classes.search ?? ''}
          size="xs"
          leftSection={<Icon name="search" />}
          placeholder={t('devices.find')}
          aria-label={t('devices.find')}
          value={view.text}
          onChange={(event) => change({ q: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <Chips label={t('devices.standing')}>
          <Chip isOn={view.standing === undefined} onClick={() => change({ standing: undefined })}>
            {t('devices.all')} <b>{count(i18n.language, all.length)}</b>
          </Chip>
          {standings
            .filter((standing) => counts[standing] > 0 || view.standing === standing)
            .map((standing) => (
              <Chip
                key={standing}
                isOn={view.standing === standing}
                onClick={() => change({ standing: view.standing === standing ? undefined : standing })}
              >
                {t(`devices.standings.${standing}`)} <b>{count(i18n.language, counts[standing])}</b>
              </Chip>
            ))}
        </Chips>
        <div className={classes.selects}>
          <Select
            size="xs"
            w={150}
            aria-label={t('devices.sortBy')}
            allowDeselect={false}
            value={view.sort}
            data={sorts.map((value) => ({ value, label: t(`devices.sorts.${value}`) }))}
            onChange={(value) => change({ sort: value === 'name' ? undefined : (value ?? undefined) })}
          />
          <Select
            size="xs"
            w={150}
            aria-label={t('devices.groupBy')}
            allowDeselect={false}
            value={view.grouping}
            data={groupings.map((value) => ({ value, label: t(`devices.groupings.${value}`) }))}
            onChange={(value) => change({ by: value === 'none' ? undefined : (value ?? undefined) })}
          />
        </div>
      </search>
      {shown.length === 0 && devices.isSuccess ? (
        <Empty icon="filter" title={t('devices.noneFits')}>
          <button type="button" className={classes.reset} onClick={() => change({ q: undefined, standing: undefined })}>
            {t('devices.showAll')}
          </button>
        </Empty>
      ) : (
        <Wall groups={groups} grouping={view.grouping} chosen={chosen} onChosen={setChosen} />
      )}
      {chosenHere.length > 0 && <ChosenBar devices={chosenHere} onClear={clear} />}
    </Page>
  );
}

function useView(): [WallView, ReturnType<typeof useParams>[1]] {
  const [params, change] = useParams();
  const view = useMemo(
    (): WallView => ({
      text: params.get('q') ?? '',
      standing: oneOf(standings, params.get('standing')),
      sort: oneOf(sorts, params.get('sort')) ?? ('name' satisfies Sort),
      grouping: oneOf(groupings, params.get('by')) ?? ('none' satisfies Grouping),
    }),
    [params],
  );
  return [view, change];
}
