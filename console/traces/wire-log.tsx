import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceAttempt, TraceStep } from '../../src/contract/trace.ts';
import classes from './wire-log.module.css';

const mostShown = 500;

/** What was said to the phone and what it answered; of the chosen step, or all. */
export function WireLog({ attempt, around }: { attempt: TraceAttempt; around: TraceStep | undefined }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isAll, setAll] = useState(false);
  const words = text.toLowerCase();
  const lines = attempt.wire.filter(
    (line) =>
      (isAll || !around || (line.at >= around.started_at && line.at <= around.ended_at)) &&
      (words === '' || line.text.toLowerCase().includes(words)),
  );
  return (
    <div>
      <div className={classes.tools}>
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('trace.findInLog')}
          aria-label={t('trace.findInLog')}
        />
        <label>
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />
          {t('trace.wholeAttempt')}
        </label>
      </div>
      {lines.length === 0 && <p>{t('trace.noWire')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keys */}
      <ol className={classes.lines} tabIndex={0} aria-label={t('trace.tabs.wire')}>
        {lines.slice(0, mostShown).map(({ at, direction, text: said }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
          <li key={index} data-direction={direction}>
            <time dateTime={at}>{at.slice(11, 23)}</time>
            <span aria-label={t(`trace.directions.${direction}`)} role="img">
              {direction === 'out' ? '→' : '←'}
            </span>
            <pre dir="auto">{said}</pre>
          </li>
        ))}
      </ol>
      {lines.length > mostShown && <p>{t('trace.moreLines', { count: lines.length - mostShown })}</p>}
    </div>
  );
}
