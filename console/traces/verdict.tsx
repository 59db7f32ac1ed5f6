import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src/contract/task.ts';
import type { TraceAttempt } from '../../src/contract/trace.ts';
import { causeOf, causeText, nextText } from '../shell/said.ts';
import { ShotView } from './shot.tsx';
import { evidenceOf, failurePath, treeOf } from './trace-model.ts';
import classes from './verdict.module.css';

interface VerdictProps {
  failure: Failure;
  attempt: TraceAttempt | undefined;
  actions: ReactNode;
}

/** Cause, evidence, next step: what somebody needs who opens a failed task. */
export function Verdict({ failure, attempt, actions }: VerdictProps) {
  const { t, i18n } = useTranslation();
  const cause = causeText(i18n, failure);
  const evidence = useMemo(() => attempt && evidenceOf(attempt), [attempt]);
  const path = useMemo(() => (attempt ? failurePath(treeOf(attempt.steps)) : []), [attempt]);
  const steps = path.length > 0 ? path.map(({ step }) => step.name) : failure.step === null ? [] : [failure.step];
  return (
    <section className={classes.verdict} data-doubt={failure.unconfirmed || undefined} aria-label={t('trace.verdict')}>
      {evidence && (
        <figure className={classes.evidence}>
          <ShotView shot={evidence} label={t('trace.evidence')} />
          <figcaption>{t('trace.evidence')}</figcaption>
        </figure>
      )}
      <div className={classes.words}>
        <p className={classes.kind}>
          {failure.unconfirmed ? t('trace.unconfirmed') : t('trace.cause')}{' '}
          <code title={causeOf(t, failure.code)}>{failure.code}</code>
        </p>
        <h2 dir="auto" title={cause}>
          {cause}
        </h2>
        {cause !== failure.message && (
          <p className={classes.said} lang="en" dir="auto" title={failure.message}>
            {failure.message}
          </p>
        )}
        {steps.length > 0 && (
          <p className={classes.path} dir="auto" title={steps.join(' › ')}>
            {t('trace.inStep')} {steps.join(' › ')}
          </p>
        )}
        <p className={classes.next}>
          <strong>{t('trace.next')}</strong> {nextText(t, failure)}
        </p>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </section>
  );
}
