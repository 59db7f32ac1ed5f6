import { type KeyboardEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceAttempt, TraceStep } from '../../src/contract/trace.ts';
import { span } from '../shell/format.ts';
import classes from './steps.module.css';
import { durationMs, rowsOf, type StepNode, seenScreen } from './trace-model.ts';

interface StepsProps {
  tree: readonly StepNode[];
  attempt: TraceAttempt;
  chosen: number | undefined;
  onChoose: (id: number) => void;
}

/** What was done, in order, with how long it took and when. */
export function Steps({ tree, attempt, chosen, onChoose }: StepsProps) {
  const { t } = useTranslation();
  const line = useMemo(() => {
    const begin = Date.parse(attempt.started_at);
    const end = Math.max(begin + 1, ...attempt.steps.map(({ ended_at }) => Date.parse(ended_at)));
    return { begin, length: end - begin };
  }, [attempt]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + by];
    next?.focus();
    next?.click();
  };
  return (
    <section className={classes.steps} aria-label={t('trace.steps')} onKeyDown={onKeyDown}>
      {tree.length === 0 ? (
        <p>{t('trace.noSteps')}</p>
      ) : (
        <List nodes={tree} chosen={chosen} onChoose={onChoose} line={line} />
      )}
    </section>
  );
}

interface Line {
  begin: number;
  length: number;
}

function List({
  nodes,
  chosen,
  onChoose,
  line,
}: {
  nodes: readonly StepNode[];
  chosen: number | undefined;
  onChoose: (id: number) => void;
  line: Line;
}) {
  const { t, i18n } = useTranslation();
  return (
    <ol className={classes.list}>
      {rowsOf(nodes).map(({ node: { id, step, children }, times, endedAt }) => {
        const ms = durationMs({ started_at: step.started_at, ended_at: endedAt });
        const from = ((Date.parse(step.started_at) - line.begin) / line.length) * 100;
        const width = Math.max(0.5, (ms / line.length) * 100);
        return (
          <li key={id}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={id === chosen}
              data-kind={step.kind}
              data-failed={step.error !== null || undefined}
              onClick={() => onChoose(id)}
            >
              <span className={classes.kind}>{t(`trace.kinds.${step.kind}`)}</span>
              <span className={classes.name} dir="auto">
                {titleOf(step)}
                {times > 1 && <span className={classes.times}> ×{times}</span>}
              </span>
              <span className={classes.took}>{span(i18n.language, ms)}</span>
              <span className={classes.bar} aria-hidden="true">
                <span style={{ insetInlineStart: `${from}%`, width: `${width}%` }} />
              </span>
            </button>
            {children.length > 0 && <List nodes={children} chosen={chosen} onChoose={onChoose} line={line} />}
          </li>
        );
      })}
    </ol>
  );
}

/** A look is named by what it saw. */
const titleOf = (step: TraceStep): string => (step.kind === 'see' ? (seenScreen(step) ?? step.name) : step.name);
