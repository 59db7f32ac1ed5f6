import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from './clock.ts';
import { span } from './format.ts';
import { Icon } from './icons.tsx';
import { type Live, useLiveState } from './live.ts';
import classes from './live-banner.module.css';

/** A blink is no news: the banner waits this long. */
const patienceMs = 1_000;

/** While the server does not answer: says so, and how old what is shown is. */
export function LiveBanner({ live }: { live: Live }) {
  const { t, i18n } = useTranslation();
  const state = useLiveState(live);
  const now = useNow();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (state !== 'lost') {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div role="status">
      {isShown && (
        <div className={classes.banner}>
          <Icon name="warn" />
          <span>{t('live.lost', { span: span(i18n.language, Math.max(1_000, now - (live.lostAt ?? now))) })}</span>
        </div>
      )}
    </div>
  );
}

export function LiveDot({ live }: { live: Live }) {
  const { t } = useTranslation();
  const state = useLiveState(live);
  return (
    <div className={classes.dot} data-state={state}>
      <span aria-hidden="true" />
      {t(`live.${state}Short`)}
    </div>
  );
}
