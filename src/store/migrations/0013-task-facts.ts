import type { Dialect } from '../dialect.ts';

/** What is said about a task, in named parameters beside the English text. */
export const taskFacts = {
  name: '0013-task-facts',
  statements: (_: Dialect): readonly string[] => ['alter table task add column facts text'],
};
