import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTasks } from '../../src/contract/operations/tasks.ts';
import type { Task } from '../../src/contract/task.ts';
import { call } from '../shell/api.ts';
import { count } from '../shell/format.ts';
import { usePauses, useRunning } from '../shell/queries.ts';
import { Tile } from './tile.tsx';
import classes from './wall.module.css';
import { type Grouping, rowsOf, type Standing, type WallGroup } from './wall-model.ts';

const tileMinPx = 290;
const tileHeightPx = 176;
const headHeightPx = 36;
const gapPx = 10;
/** A failure older than this is no longer news on the wall. */
const newsMs = 24 * 3_600_000;

interface WallProps {
  groups: readonly WallGroup[];
  grouping: Grouping;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

/** The tiles that fit on the screen; the others are not drawn, nor their pictures fetched. */
export function Wall({ groups, grouping, chosen, onChosen }: WallProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizer, width } = useElementSize();
  const columns = Math.max(1, Math.floor((width + gapPx) / (tileMinPx + gapPx)));
  const rows = useMemo(() => rowsOf(groups, columns, grouping !== 'none'), [groups, columns, grouping]);
  const order = useMemo(() => groups.flatMap(({ devices }) => devices.map(({ serial }) => serial)), [groups]);
  const running = useRunning().data;
  const failed = useLastFailed();
  const paused = usePausedPhones();
  const [focusAt, setFocusAt] = useState(0);
  const lastChosen = useRef<string | undefined>(undefined);
  const wantsFocus = useRef(false);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? headHeightPx : tileHeightPx) + gapPx,
    overscan: 2,
    // A tile that comes a frame late costs less than a frame that waits for it.
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the kinds of the rows alone
  useEffect(() => virtual.measure(), [rows]);

  const focusSerial = order[Math.min(focusAt, order.length - 1)];
  useEffect(() => {
    if (!wantsFocus.current || focusSerial === undefined) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-tile-link="${CSS.escape(focusSerial)}"]`);
    if (!link) return;
    wantsFocus.current = false;
    link.focus({ preventScroll: true });
  });

  const onChoose = useMemo(
    () => (serial: string, isRange: boolean) => {
      const next = new Set(chosen);
      const from = order.indexOf(lastChosen.current ?? '');
      const to = order.indexOf(serial);
      if (isRange && from >= 0) {
        for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      } else if (!next.delete(serial)) next.add(serial);
      lastChosen.current = serial;
      onChosen(next);
    },
    [chosen, order, onChosen],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const isRtl = document.documentElement.dir === 'rtl';
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: isRtl ? -1 : 1,
      ArrowLeft: isRtl ? 1 : -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: columns * 3,
      PageUp: -columns * 3,
      Home: -order.length,
      End: order.length,
    };
    const step = steps[event.key];
    const here = (event.target as HTMLElement).dataset.tileLink;
    if (step !== undefined && here !== undefined) {
      event.preventDefault();
      const at = Math.max(0, Math.min(order.length - 1, order.indexOf(here) + step));
      setFocusAt(at);
      wantsFocus.current = true;
      virtual.scrollToIndex(rows.findLastIndex((row) => row.kind === 'tiles' && row.from <= at));
    } else if (event.key === ' ' && here !== undefined) {
      event.preventDefault();
      onChoose(here, event.shiftKey);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside
    <div
      className={classes.scroller}
      ref={scroller}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const at = order.indexOf((event.target as HTMLElement).dataset.tileLink ?? '');
        if (at >= 0) setFocusAt(at);
      }}
    >
      <div ref={sizer} className={classes.sheet} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          if (row.kind === 'head')
            return (
              <h2
                key={`head-${row.group.key}`}
                className={classes.head}
                style={{ transform: `translateY(${start}px)` }}
              >
                <GroupName grouping={grouping} name={row.group.key} size={row.group.devices.length} />
              </h2>
            );
          return (
            <div
              key={`row-${row.from}`}
              className={classes.row}
              style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            >
              {row.devices.map((device) => (
                <Tile
                  key={device.serial}
                  device={device}
                  running={running?.get(device.serial)}
                  failed={failed?.get(device.serial)}
                  isPaused={paused.has(device.serial)}
                  isChosen={chosen.has(device.serial)}
                  isFocused={device.serial === focusSerial}
                  onChoose={onChoose}
                />
              ))}
            </div>
          );
        })}
      </div>
      <p className="out-of-sight">{t('devices.wallKeys')}</p>
    </div>
  );
}

function GroupName({ grouping, name, size }: { grouping: Grouping; name: string; size: number }) {
  const { t, i18n } = useTranslation();
  const label =
    grouping === 'standing'
      ? t(`devices.standings.${name as Standing}`)
      : name || t('devices.noGroup', { grouping: t(`devices.groupings.${grouping}`) });
  return (
    <>
      <bdi>{label}</bdi> <span>{count(i18n.language, size)}</span>
    </>
  );
}

function usePausedPhones(): ReadonlySet<string> {
  const { data } = usePauses();
  return useMemo(() => new Set(data?.paused.flatMap(({ device }) => (device === null ? [] : [device]))), [data]);
}

/** Newest failed task of each phone, where the phone's newest ended task is a failed one. */
function useLastFailed(): ReadonlyMap<string, Task> | undefined {
  const { data } = useQuery({
    queryKey: ['tasks', 'last-failed'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Task>> => {
      const list = (status: number) => call(listTasks, { query: { status, page_size: 100 }, signal });
      const [failed, completed] = await Promise.all([list(3), list(2)]);
      const since = Date.now() - newsMs;
      const news = new Map<string, Task>();
      const endOf = (task: Task) => task.end_time ?? '';
      const lastGood = new Map<string, string>();
      for (const task of completed.tasks) {
        if (endOf(task) > (lastGood.get(task.serial) ?? '')) lastGood.set(task.serial, endOf(task));
      }
      for (const task of failed.tasks) {
        if (task.failure?.code === 'task.stopped' || Date.parse(task.due_at) < since) continue;
        if (endOf(task) < (lastGood.get(task.serial) ?? '')) continue;
        if (endOf(task) > (news.get(task.serial)?.end_time ?? '')) news.set(task.serial, task);
      }
      return news;
    },
  });
  return data;
}
