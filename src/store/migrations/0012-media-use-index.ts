import type { Dialect } from '../dialect.ts';

/** "Who has posted this content" is asked for every item of a page, and for every candidate of a task. */
export const mediaUseIndex = {
  name: '0012-media-use-index',
  statements: (_: Dialect): readonly string[] => [`create index media_use_by_content on media_use (sha256, actor)`],
};
