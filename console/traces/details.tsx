import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignalTrace, TraceAttempt, TraceStep } from '../../src/contract/trace.ts';
import { span } from '../shell/format.ts';
import { sentenceText } from '../shell/said.ts';
import classes from './details.module.css';
import { useScreen } from './files.tsx';
import { Inspector } from './inspector.tsx';
import { ShotView } from './shot.tsx';
import { candidatesOf, durationMs, isRecord, type Shot, type StepNode } from './trace-model.ts';
import { WireLog } from './wire-log.tsx';

const tabs = ['step', 'hierarchy', 'wire'] as const;
type Tab = (typeof tabs)[number];

interface DetailsProps {
  node: StepNode | undefined;
  shot: Shot | undefined;
  attempt: TraceAttempt;
}

export function Details({ node, shot, attempt }: DetailsProps) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('step');
  return (
    <section className={classes.details} aria-label={t('trace.details')}>
      <div className={classes.tabs} role="tablist" aria-label={t('trace.details')}>
        {tabs.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => setTab(name)}>
            {t(`trace.tabs.${name}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={t(`trace.tabs.${tab}`)} className={classes.panel}>
        {tab === 'wire' ? (
          <WireLog attempt={attempt} around={node?.step} />
        ) : node === undefined ? (
          <p>{t('trace.noSteps')}</p>
        ) : tab === 'hierarchy' ? (
          <Hierarchy shot={shot} />
        ) : (
          <StepFacts node={node} shot={shot} />
        )}
      </div>
    </section>
  );
}

function Hierarchy({ shot }: { shot: Shot | undefined }) {
  const { t } = useTranslation();
  const screen = useScreen(shot?.hierarchy);
  if (!shot || shot.hierarchy === undefined) return <p>{t('trace.noHierarchy')}</p>;
  if (!screen) return <p aria-busy="true">…</p>;
  return <Inspector key={shot.hierarchy} screen={screen} shot={shot} />;
}

function StepFacts({ node: { step }, shot }: { node: StepNode; shot: Shot | undefined }) {
  const { t, i18n } = useTranslation();
  const hasShot = shot && (shot.picture !== undefined || shot.hierarchy !== undefined);
  return (
    <div className={classes.step}>
      {hasShot && (
        <div className={classes.shot}>
          <ShotView shot={shot} label={step.name} />
        </div>
      )}
      <div className={classes.facts}>
        <h2 dir="auto">{step.name}</h2>
        <p className={classes.when}>
          {t(`trace.kinds.${step.kind}`)} · {span(i18n.language, durationMs(step))} ·{' '}
          <time dateTime={step.started_at}>{step.started_at.slice(11, 23)}</time>
        </p>
        {step.error && (
          <div className={classes.error}>
            <code>{step.error.code}</code>
            <p dir="auto">{step.error.message}</p>
            <Values value={step.error.details} />
          </div>
        )}
        {step.looked_for !== null && (
          <Part title={t('trace.lookedFor')}>
            <p dir="auto">{step.looked_for}</p>
          </Part>
        )}
        <Weighed signals={step.signals ?? []} candidates={candidatesOf(step)} />
        <Found step={step} />
        {step.decision !== null && (
          <Part title={t('trace.decision')}>
            <p dir="auto">
              {step.decision === 'go' ? t('trace.go') : sentenceText(i18n, { ...step.rule, text: step.decision })}
            </p>
          </Part>
        )}
        {step.intent !== null && (
          <Part title={t('trace.intent')}>
            <Values value={step.intent} />
          </Part>
        )}
        {step.proof !== null && (
          <Part title={t('trace.proof')}>
            <Values value={step.proof} />
          </Part>
        )}
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface WeighedProps {
  signals: readonly SignalTrace[];
  candidates: readonly { screen: string; score: number }[];
}

/** What the recogniser weighed: its signals with what each counts, and the screens they spoke for. */
export function Weighed({ signals, candidates }: WeighedProps) {
  const { t } = useTranslation();
  return (
    <>
      {candidates.length > 0 && (
        <Part title={t('trace.candidates')}>
          <ul className={classes.candidates}>
            {candidates.map(({ screen, score }) => (
              <li key={screen}>
                <code>{screen}</code>
                <meter min={0} max={1} value={score} aria-label={screen} />
                <span>{score}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {signals.length > 0 && (
        <Part title={t('trace.signals')}>
          <ul className={classes.signals}>
            {signals.map(({ name, score, hit }) => (
              <li key={name} data-hit={hit || undefined}>
                <span aria-label={hit ? t('trace.hit') : t('trace.miss')} role="img">
                  {hit ? '✓' : '✗'}
                </span>
                <span dir="auto">{name}</span>
                <span>{score}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function Found({ step: { found } }: { step: TraceStep }) {
  const { t } = useTranslation();
  if (found === null) return null;
  const { candidates: _, ...rest } = isRecord(found) ? found : { candidates: undefined, found };
  return (
    <Part title={t('trace.found')}>
      <Values value={rest} />
    </Part>
  );
}

/** Any value as names and values; deeper ones as JSON. All of it is text. */
function Values({ value }: { value: unknown }) {
  if (!isRecord(value)) return <pre dir="auto">{textOf(value)}</pre>;
  const entries = Object.entries(value);
  if (entries.length === 0) return null;
  return (
    <dl className={classes.values}>
      {entries.map(([name, one]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{textOf(one)}</dd>
        </div>
      ))}
    </dl>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
