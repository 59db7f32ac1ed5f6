import { ActionIcon, Button, Checkbox, CloseButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Task } from '../../src/contract/task.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { count } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { Ago } from '../shell/time.tsx';
import { type TaskAction, useTaskActions } from './task-actions.ts';
import { type TaskFilter, useTaskRows } from './task-rows.ts';
import { TaskNews, TaskStatus } from './task-status.tsx';
import classes from './task-table.module.css';
import { canRetry, canStop, subjectOf } from './task-text.ts';

const rowHeightPx = 44;
const narrowRowHeightPx = 92;

interface TaskTableProps {
  filter: TaskFilter;
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
  isFiltered: boolean;
  onShowAll: () => void;
}

/** Rows of any number: those on the screen are drawn and fetched. */
export function TaskTable({ filter, chosen, onChosen, isFiltered, onShowAll }: TaskTableProps) {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 50 });
  const rows = useTaskRows(filter, range);
  const isNarrow = window.innerWidth < 768;
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? narrowRowHeightPx : rowHeightPx),
    overscan: 10,
    onChange: ({ range: shown }) => {
      if (shown && (shown.startIndex !== range.from || shown.endIndex !== range.to))
        setRange({ from: shown.startIndex, to: shown.endIndex });
    },
  });
  const act = useTaskActions();
  const confirm = useConfirm();
  const run = async (action: TaskAction, ids: readonly number[]) => {
    if (action === 'delete') {
      const isSure = await confirm({
        title: t('tasks.deleteTitle', { count: ids.length }),
        text: t('tasks.deleteText'),
        yes: t('tasks.actions.delete'),
        isDangerous: true,
      });
      if (!isSure) return;
    }
    act.mutate({ action, ids });
    if (ids.length > 1) onChosen(new Set());
  };
  const choose = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by =
      event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
    const index = Number((event.target as HTMLElement).dataset.taskLink ?? Number.NaN);
    if (Number.isNaN(index)) return;
    if (event.key === ' ') {
      event.preventDefault();
      const task = rows.rowAt(index);
      if (task) choose(task.id);
    } else if (by !== 0) {
      event.preventDefault();
      virtual.scrollToIndex(index + by);
      const focus = () => scroller.current?.querySelector<HTMLElement>(`[data-task-link="${index + by}"]`)?.focus();
      requestAnimationFrame(focus);
    }
  };

  if (rows.error !== undefined && rows.total === 0) return <Failed error={rows.error} onAgain={rows.refetch} />;
  if (!rows.isLoading && rows.total === 0)
    return isFiltered ? (
      <Empty icon="filter" title={t('tasks.noneFits')}>
        <Button variant="default" size="xs" onClick={onShowAll}>
          {t('tasks.showAll')}
        </Button>
      </Empty>
    ) : (
      <Empty icon="tasks" title={t('tasks.none')}>
        <p>{t('tasks.noneText')}</p>
        <Button size="xs" onClick={() => go('/tasks/new')}>
          {t('tasks.create')}
        </Button>
      </Empty>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside */}
      <div className={classes.scroller} ref={scroller} onKeyDown={onKeyDown}>
        <table className={classes.table} aria-rowcount={rows.total} aria-label={t('nav.tasks')}>
          <thead>
            <tr>
              <th scope="col">
                <span className="out-of-sight">{t('tasks.columns.choose')}</span>
              </th>
              <th scope="col">{t('tasks.columns.id')}</th>
              <th scope="col">{t('tasks.columns.what')}</th>
              <th scope="col">{t('tasks.columns.where')}</th>
              <th scope="col">{t('tasks.columns.status')}</th>
              <th scope="col">{t('tasks.columns.news')}</th>
              <th scope="col">{t('tasks.columns.when')}</th>
              <th scope="col">
                <span className="out-of-sight">{t('tasks.columns.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, size }) => {
              const task = rows.rowAt(index);
              return (
                <tr key={index} aria-rowindex={index + 1} style={{ transform: `translateY(${start}px)`, height: size }}>
                  {task ? (
                    <Cells
                      task={task}
                      index={index}
                      isChosen={chosen.has(task.id)}
                      onChoose={() => choose(task.id)}
                      onAction={(action) => void run(action, [task.id])}
                    />
                  ) : (
                    <td className={classes.loading}>…</td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {chosen.size > 0 && (
        <section className={classes.bar} aria-label={t('tasks.chosenActions')}>
          <b>{t('tasks.chosen', { count: chosen.size })}</b>
          {(['retry', 'stop', 'delete'] as const).map((action) => (
            <Button
              key={action}
              size="compact-sm"
              variant="default"
              disabled={act.isPending}
              onClick={() => void run(action, [...chosen])}
            >
              {t(`tasks.actions.${action}`)}
            </Button>
          ))}
          <CloseButton size="sm" aria-label={t('devices.chooseNone')} onClick={() => onChosen(new Set())} />
        </section>
      )}
      <p className={classes.total} role="status">
        {t('tasks.total', { count: rows.total, shown: count(i18n.language, rows.total) })}
      </p>
    </>
  );
}

interface CellsProps {
  task: Task;
  index: number;
  isChosen: boolean;
  onChoose: () => void;
  onAction: (action: TaskAction) => void;
}

function Cells({ task, index, isChosen, onChoose, onAction }: CellsProps) {
  const { t } = useTranslation();
  const subject = subjectOf(task);
  return (
    <>
      <td>
        <Checkbox size="xs" checked={isChosen} onChange={onChoose} aria-label={t('tasks.choose', { id: task.id })} />
      </td>
      <td className={classes.id}>
        <Link href={`/tasks/${task.id}`} data-task-link={index}>
          {task.id}
        </Link>
      </td>
      <td className={classes.what}>
        <b>{t(`scripts.${task.script_name}`)}</b>
        {subject !== undefined && (
          <>
            {' '}
            <bdi title={subject}>{subject}</bdi>
          </>
        )}
      </td>
      <td className={classes.where}>
        <bdi>{task.username ?? task.serial}</bdi>
      </td>
      <td>
        <TaskStatus task={task} />
      </td>
      <td className={classes.news}>
        <TaskNews task={task} />
      </td>
      <td className={classes.when}>
        <Ago at={task.due_at} />
      </td>
      <td className={classes.actions}>
        {canStop(task) && (
          <Action icon="stop" label={t('tasks.actions.stop')} onClick={() => onAction('stop')}>
            {task.id}
          </Action>
        )}
        {canRetry(task) && (
          <Action icon="retry" label={t('tasks.actions.retry')} onClick={() => onAction('retry')}>
            {task.id}
          </Action>
        )}
        <Action icon="bin" label={t('tasks.actions.delete')} onClick={() => onAction('delete')}>
          {task.id}
        </Action>
      </td>
    </>
  );
}

function Action({
  icon,
  label,
  onClick,
  children,
}: {
  icon: 'stop' | 'retry' | 'bin';
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      onClick={onClick}
      title={label}
      aria-label={`${label} ${children}`}
    >
      <Icon name={icon} size={15} />
    </ActionIcon>
  );
}
