import { useTranslation } from 'react-i18next';
import type { Task } from '../../src/contract/task.ts';
import { causeText, nextText, sentenceText } from '../shell/said.ts';
import { Ago } from '../shell/time.tsx';
import classes from './task-status.module.css';
import { standingOf } from './task-text.ts';

export function TaskStatus({ task }: { task: Task }) {
  const { t } = useTranslation();
  const standing = standingOf(task);
  return (
    <span className={classes.status}>
      <span className={classes.dot} data-standing={standing} aria-hidden="true" />
      {t(`tasks.standings.${standing}`)}
    </span>
  );
}

/** What there is to say about a task as it stands: progress, what it waits for, why it failed. */
export function TaskNews({ task }: { task: Task }) {
  const { t, i18n } = useTranslation();
  const { progress, waiting, failure } = task;
  if (progress)
    return (
      <span dir="auto">
        {progress.step}
        {progress.percent !== null && ` ${progress.percent} %`}
      </span>
    );
  if (waiting) {
    const text = sentenceText(i18n, waiting);
    return (
      <span title={text}>
        {t(`tasks.waiting.${waiting.reason}`)}
        {waiting.until !== null && (
          <>
            {' · '}
            <Ago at={waiting.until} />
          </>
        )}
        {waiting.reason !== 'scheduled' && (
          <>
            {' '}
            <bdi className={classes.more}>{text}</bdi>
          </>
        )}
      </span>
    );
  }
  if (failure)
    return (
      <span className={classes.failure} dir="auto" title={`${failure.message} · ${nextText(t, failure)}`}>
        {causeText(i18n, failure)}
      </span>
    );
  return null;
}
