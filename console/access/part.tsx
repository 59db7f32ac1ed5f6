import type { ReactNode } from 'react';
import classes from './part.module.css';

/** A part of the page, with a heading and a sentence on what it is for. */
export function Part({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <p>{why}</p>
      {children}
    </section>
  );
}
