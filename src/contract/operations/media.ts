import { Type } from 'typebox';
import {
  AddedMediaList,
  DeletedMedia,
  ListMediaQuery,
  Media,
  MediaChange,
  MediaImport,
  MediaList,
  MediaUpload,
} from '../media.ts';
import { defineOperation } from '../operation.ts';

const tag = 'Media';
const params = Type.Object({ id: Type.Integer({ minimum: 0, description: 'Id of the item' }) });

/** What is wrong with a file itself. */
const unusable = ['media.missing', 'media.unusable', 'media.too-large'] as const;

export const listMedia = defineOperation({
  id: 'listMedia',
  method: 'GET',
  path: '/media',
  tag,
  scope: 'read',
  summary: 'List the media library, newest first',
  query: ListMediaQuery,
  data: MediaList,
});

export const uploadMedia = defineOperation({
  id: 'uploadMedia',
  method: 'POST',
  path: '/media',
  tag,
  scope: 'tasks',
  summary: 'Upload videos and images',
  description:
    'All files of a request are kept, or none. Each is read to its end: what is no whole, usable video or image is refused, with the reason. A content that the library holds already is not stored again. The largest file is the setting `media.max_file_mb`; the request as a whole has no limit.',
  body: MediaUpload,
  bodyContent: 'multipart/form-data',
  data: AddedMediaList,
  errors: [...unusable],
});

export const importMedia = defineOperation({
  id: 'importMedia',
  method: 'POST',
  path: '/media/import',
  tag,
  scope: 'tasks',
  summary: "Copy files of the server's machine into the library",
  description: 'All of them, or none. The originals stay where they are, and may change or go afterwards.',
  body: MediaImport,
  data: AddedMediaList,
  errors: [...unusable, 'media.outside-roots'],
  examples: [{ name: 'one video, tagged', body: { paths: ['/srv/media/harbour.mp4'], tags: ['boats', 'mira.draws'] } }],
});

export const getMedia = defineOperation({
  id: 'getMedia',
  method: 'GET',
  path: '/media/{id}',
  tag,
  scope: 'read',
  summary: 'Look one item up',
  params,
  data: Media,
  errors: ['input.not-found'],
});

export const changeMedia = defineOperation({
  id: 'changeMedia',
  method: 'PATCH',
  path: '/media/{id}',
  tag,
  scope: 'tasks',
  summary: 'Name or tag an item, give it a caption, or let it be posted again',
  params,
  body: MediaChange,
  data: Media,
  errors: ['input.not-found'],
  examples: [
    { name: 'tags and a caption', params: { id: 1 }, body: { tags: ['boats'], caption: 'Morning in the harbour' } },
    { name: 'count as unused again', params: { id: 1 }, body: { used: false } },
  ],
});

export const deleteMedia = defineOperation({
  id: 'deleteMedia',
  method: 'DELETE',
  path: '/media/{id}',
  tag,
  scope: 'tasks',
  summary: 'Delete an item and its file',
  description: 'Who has posted it stays written down: uploaded again, it counts as posted by the same accounts.',
  params,
  data: DeletedMedia,
  errors: ['input.not-found', 'media.in-use'],
});

export const getMediaThumbnail = defineOperation({
  id: 'getMediaThumbnail',
  method: 'GET',
  path: '/media/{id}/thumbnail',
  tag,
  scope: 'read',
  summary: 'Get a small picture of an item',
  description: 'Of a video: the cover in it, else a card with its length.',
  params,
  raw: { content: ['image/jpeg'], description: 'At most 320 px on the longer side' },
  errors: ['input.not-found', 'media.missing'],
});

export const getMediaContent = defineOperation({
  id: 'getMediaContent',
  method: 'GET',
  path: '/media/{id}/content',
  tag,
  scope: 'read',
  summary: 'Get the bytes of an item',
  description: 'A part of them with a `Range` header of one range, as players ask for.',
  params,
  headers: ['Range'],
  raw: {
    content: [
      ...['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'],
      ...['image/jpeg', 'image/png', 'image/webp'],
    ],
    description: 'The file as it was uploaded',
    hasRanges: true,
  },
  errors: ['input.not-found', 'media.missing', 'input.range'],
});
