import type { ReactNode } from 'react';
import { useEffect } from 'react';
import classes from './page.module.css';

/** A page: its title, what can be done at its top, and the rest. */
export function Page({
  title,
  lead,
  actions,
  isWide = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Fills the window and scrolls inside. */
  isWide?: boolean;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Drover`;
  }, [title]);
  return (
    <div className={classes.page} data-wide={isWide || undefined}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h1>{title}</h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
