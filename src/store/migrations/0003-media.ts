import type { Dialect } from '../dialect.ts';

/** The media library, and who has posted what. */
export const mediaLibrary = {
  name: '0003-media',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    `create table media (
      id ${id},
      sha256 text not null unique,
      kind text not null check (kind in ('video','image')),
      name text not null,
      mime text not null,
      bytes ${int} not null check (bytes > 0),
      width ${int} not null,
      height ${int} not null,
      codec text not null,
      duration_ms ${int},
      caption text,
      number ${int},
      origin text not null,
      host_id text,
      added_at ${int} not null
    )${strict}`,
    `create index media_by_kind on media (kind, id)`,

    `create table media_tag (
      media_id ${int} not null references media (id) on delete cascade,
      tag text not null,
      primary key (media_id, tag)
    )${strict}`,
    `create index media_tag_by_tag on media_tag (tag, media_id)`,

    // By content and not by item: what was posted from a folder, or by an item that was deleted and uploaded again, is the
    // same film to the people who see it. No reference to task or attempt: uses outlive them, as effects do.
    `create table media_use (
      id ${id},
      sha256 text not null,
      actor text not null,
      task_id ${int} not null,
      attempt_id ${int} not null,
      source text not null check (source in ('list','folder','library')),
      mark text,
      again ${int} not null default 0 check (again in (0, 1)),
      state text not null check (state in ('taken','used')),
      taken_at ${int} not null
    )${strict}`,
    // Once per account, unless somebody asked for it again.
    `create unique index media_use_once on media_use (sha256, actor) where again = 0`,
    `create index media_use_by_actor on media_use (actor, sha256)`,
    `create index media_use_by_mark on media_use (actor, mark) where mark is not null`,
    `create index media_use_open on media_use (attempt_id) where state = 'taken'`,
  ],
};
