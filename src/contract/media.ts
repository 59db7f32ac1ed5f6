import { type Static, Type } from 'typebox';
import { isoTime, listOf, nullable, pageQuery } from './page.ts';

const kinds = ['video', 'image'] as const;

/** Most files of one request. */
export const maxFilesAtOnce = 100;
const captionLength = 20_000;

const tags = Type.Array(Type.String({ maxLength: 80 }), {
  maxItems: 50,
  description: 'Case, a # before it and spaces around it do not count. A username as a tag: that account gets it first',
});
const caption = Type.String({
  maxLength: captionLength,
  description: 'Used as it is, instead of the caption of the request',
});

export const Media = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum([...kinds]),
  name: Type.String({ description: 'A label, never a path' }),
  mime: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String({ description: 'Of the content, hex; no two items have the same' }),
  width: Type.Integer({ unit: 'px' }),
  height: Type.Integer({ unit: 'px' }),
  codec: Type.String(),
  duration_ms: nullable(Type.Integer({ description: 'Null for an image' })),
  tags: Type.Array(Type.String(), { description: 'In alphabetical order, lower case' }),
  caption: nullable(Type.String({ description: 'Null: the caption of the request is used' })),
  number: nullable(Type.Integer({ description: 'Place among the images of one post; null: the number in its name' })),
  allow_reuse: Type.Boolean({ description: 'An account may post it again, whatever media.allow_reuse says' }),
  used: Type.Boolean({ description: 'Some account has posted it, is posting it, or may have' }),
  use_count: Type.Integer(),
  used_by: Type.Array(Type.String(), { description: 'Usernames; serials where the account was not known' }),
  last_used_at: nullable(isoTime('When it was last taken by a task')),
  origin: Type.String({ description: '"upload", or the path that it was copied from' }),
  added_at: isoTime('When it came into the library'),
  thumbnail: Type.String({ description: 'Path of a small JPEG' }),
  content: Type.String({ description: 'Path of its bytes' }),
});
export type Media = Static<typeof Media>;

export const MediaList = listOf('media', Media);
export type MediaList = Static<typeof MediaList>;

export const ListMediaQuery = Type.Object({
  kind: Type.Optional(Type.Enum([...kinds])),
  tag: Type.Optional(Type.String({ maxLength: 80, description: 'With this tag' })),
  used: Type.Optional(Type.Enum(['true', 'false'], { description: 'Whether any account has posted it' })),
  text: Type.Optional(Type.String({ maxLength: 100, description: 'Part of name or caption; case is ignored' })),
  ...pageQuery,
});
export type ListMediaQuery = Static<typeof ListMediaQuery>;

/** Form fields of an upload. */
export const MediaUpload = Type.Object({
  file: Type.Array(Type.String({ format: 'binary' }), {
    minItems: 1,
    maxItems: maxFilesAtOnce,
    description: 'Any number of parts with a file name; the names of the fields do not matter',
  }),
  tags: Type.Optional(Type.String({ description: 'For all of its files, separated by commas' })),
  caption: Type.Optional(caption),
});

const path = (description: string) => Type.String({ minLength: 1, maxLength: 4_096, description });

export const MediaImport = Type.Object({
  paths: Type.Optional(
    Type.Array(path('An absolute path'), {
      minItems: 1,
      maxItems: maxFilesAtOnce,
      description: 'Files on the machine of the server',
    }),
  ),
  path: Type.Optional(path('One file, in place of `paths`')),
  tags: Type.Optional(tags),
  caption: Type.Optional(caption),
});
export type MediaImport = Static<typeof MediaImport>;

export const AddedMedia = Type.Object({
  ...Media.properties,
  duplicate: Type.Boolean({ description: 'The library held this content already: the item is as it was' }),
});
export type AddedMedia = Static<typeof AddedMedia>;

export const AddedMediaList = Type.Object({
  media: Type.Array(AddedMedia, { description: 'In the order in which the files were sent' }),
  created_count: Type.Integer({ description: 'Without the duplicates' }),
});
export type AddedMediaList = Static<typeof AddedMediaList>;

/** What is left out stays as it is. */
export const MediaChange = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'A label' })),
  tags: Type.Optional(tags),
  caption: Type.Optional(nullable(caption)),
  number: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 }))),
  allow_reuse: Type.Optional(Type.Boolean({ description: 'An account may post it again' })),
  used: Type.Optional(
    Type.Literal(false, { description: 'Forget who has posted it; what is being posted at this moment stays' }),
  ),
});
export type MediaChange = Static<typeof MediaChange>;

export const DeletedMedia = Type.Object({ id: Type.Integer() });
