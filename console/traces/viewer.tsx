import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src/contract/task.ts';
import type { Trace, TraceAttempt } from '../../src/contract/trace.ts';
import { Details } from './details.tsx';
import { Film } from './film.tsx';
import { Steps } from './steps.tsx';
import { flatten, picturesByHierarchy, type StepNode, shotOf, shotsOf, treeOf } from './trace-model.ts';
import { Verdict } from './verdict.tsx';
import classes from './viewer.module.css';

export interface TraceViewerProps {
  trace: Trace;
  failure: Failure | undefined;
  /** What can be done about a failure; nothing in an exported page. */
  actions?: ReactNode;
}

/** The trace of a task: what failed and why first, then everything step by step. Needs nothing but the trace and its files. */
export function TraceViewer({ trace, failure, actions }: TraceViewerProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number>();
  const last = trace.attempts.at(-1);
  const attempt = trace.attempts.find(({ n }) => n === chosen) ?? last;
  return (
    <div className={classes.viewer}>
      {failure && <Verdict failure={failure} attempt={last} actions={actions} />}
      {trace.attempts.length > 1 && (
        <nav className={classes.attempts} aria-label={t('trace.attempts')}>
          {trace.attempts.map(({ n, outcome, code }) => (
            <button key={n} type="button" aria-pressed={n === attempt?.n} onClick={() => setChosen(n)}>
              {t('trace.attempt', { n })}
              <small>{code ?? outcome ?? t('trace.underWay')}</small>
            </button>
          ))}
        </nav>
      )}
      {attempt ? <Attempt key={attempt.n} attempt={attempt} /> : <p className={classes.none}>{t('trace.none')}</p>}
    </div>
  );
}

function Attempt({ attempt }: { attempt: TraceAttempt }) {
  const { t } = useTranslation();
  const tree = useMemo(() => treeOf(attempt.steps), [attempt]);
  const shots = useMemo(() => shotsOf(attempt), [attempt]);
  const pictureOf = useMemo(() => picturesByHierarchy(attempt.steps), [attempt]);
  const all = useMemo(() => new Map(flatten(tree).map((node) => [node.id, node])), [tree]);
  const [id, setId] = useState<number>();
  // While nobody has chosen: the last step, which of a failed attempt is the one that failed.
  const node: StepNode | undefined = (id === undefined ? undefined : all.get(id)) ?? tree.at(-1);
  return (
    <>
      <dl className={classes.facts}>
        <Fact name={t('trace.phone')}>{attempt.serial}</Fact>
        {attempt.app_version !== null && <Fact name={t('trace.app')}>{attempt.app_version}</Fact>}
        <Fact name={t('trace.steps')}>{attempt.steps.length}</Fact>
      </dl>
      {shots.length > 0 && <Film shots={shots} startedAt={attempt.started_at} chosen={node?.id} onChoose={setId} />}
      <div className={classes.columns}>
        <Steps tree={tree} attempt={attempt} chosen={node?.id} onChoose={setId} />
        <Details node={node} shot={node && shotOf(node, pictureOf)} attempt={attempt} />
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
