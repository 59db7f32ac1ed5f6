import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { span } from '../shell/format.ts';
import classes from './film.module.css';
import { ShotView } from './shot.tsx';
import type { Shot } from './trace-model.ts';

interface FilmProps {
  shots: readonly Shot[];
  startedAt: string;
  chosen: number | undefined;
  onChoose: (id: number) => void;
}

/** All pictures in a row, each with the moment it shows. */
export function Film({ shots, startedAt, chosen, onChoose }: FilmProps) {
  const { t, i18n } = useTranslation();
  const begin = Date.parse(startedAt);
  return (
    <ol className={classes.film} aria-label={t('trace.film')}>
      {shots.map((shot) => {
        const { step, id } = shot.node;
        const at = Date.parse(step.bounds === null ? step.ended_at : step.started_at) - begin;
        return (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)} title={step.name}>
              <span className={classes.frame}>
                <WhenSeen>
                  <ShotView shot={shot} label={step.name} />
                </WhenSeen>
              </span>
              <span className={step.error === null ? classes.at : `${classes.at} ${classes.failed}`}>
                {span(i18n.language, at)}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Its pictures are fetched when it first comes near the screen. */
function WhenSeen({ children }: { children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: '300px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return isSeen ? children : <span ref={place} className={classes.frame} />;
}
