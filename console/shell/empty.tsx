import type { ReactNode } from 'react';
import classes from './empty.module.css';
import { Icon, type IconName } from './icons.tsx';

/** Nothing there yet: says what would be here and how to get it. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className={classes.box}>
      <span className={classes.icon}>
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      <div className={classes.words}>{children}</div>
    </div>
  );
}
