import type { Dialect } from '../dialect.ts';

/** Items that may be posted again, one by one; and the order in which old tasks are swept. */
export const mediaReuse = {
  name: '0009-media-reuse',
  statements: ({ int }: Dialect): readonly string[] => [
    `alter table media add column allow_reuse ${int} not null default 0 check (allow_reuse in (0, 1))`,
    `create index task_by_end on task (ended_at) where ended_at is not null`,
  ],
};
