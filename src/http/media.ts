import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { Media as MediaBody, MediaChange as MediaChangeBody, MediaImport } from '../contract/media.ts';
import { maxFilesAtOnce } from '../contract/media.ts';
import * as operations from '../contract/operations/media.ts';
import { maxPageSize } from '../contract/page.ts';
import type { AddedMedia, MediaNotes } from '../media/library.ts';
import { mediaName, mediaTag, mediaTags } from '../media/name.ts';
import { countMedia, findMedia, listMedia, type MediaFilter, type MediaItem } from '../store/media.ts';
import { summariseUses } from '../store/media-uses.ts';
import { type BoundOperation, bind } from './bind.ts';
import { warnUnknown } from './envelope.ts';
import { sendFile } from './file-answer.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';
import { readUpload } from './upload.ts';

/** In a scope of its own: these body readers hold for the routes of media alone. */
export function takeUploads(scope: FastifyInstance): void {
  void scope.register(multipart);
  scope.removeContentTypeParser('*');
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (body.length === 0) return undefined;
    throw wrongType(request);
  });
}

const wrongType = ({ headers }: FastifyRequest): DroverError =>
  new DroverError('input.content-type', {
    message: `files are sent as multipart/form-data and everything else as application/json, not as ${(headers['content-type'] ?? 'nothing').slice(0, 60)}; to take files of the server's own machine, POST their paths to /api/v1/media/import`,
  });

export const mediaRoutes = (parts: HttpParts): BoundOperation[] => {
  const { media } = parts;
  return [
    bind(operations.listMedia, async ({ query: { page, page_size, kind, tag, used, text } }) => {
      const pageSize = Math.min(page_size, maxPageSize);
      const filter: MediaFilter = {
        ...(kind !== undefined && { kind }),
        ...(tag !== undefined && { tag: mediaTag(tag) }),
        ...(used !== undefined && { isUsed: used === 'true' }),
        ...(text !== undefined && { text }),
      };
      const { read } = parts.store;
      const [items, total] = await Promise.all([
        listMedia(read, { ...filter, page, pageSize }),
        countMedia(read, filter),
      ]);
      return { media: await mediaBodies(parts, items), total, page, page_size: pageSize };
    }),
    bind(operations.uploadMedia, async ({ request, reply, caller }) => {
      if (!request.isMultipart()) throw wrongType(request);
      await using intake = media.intake();
      const fields = await readUpload(request, { maxFiles: maxFilesAtOnce }, (name, content) =>
        intake.receive(name, content),
      );
      warnUnknown(reply, fields.unknown);
      if (intake.count === 0) {
        throw new DroverError('input.invalid', {
          message: 'no file was sent: at least one part of the form must have a file name',
          details: { path: 'file' },
        });
      }
      return addedBody(parts, await intake.keep({ ...notesOf(fields), person: caller.name }));
    }),
    bind(operations.importMedia, async ({ body, caller }) => {
      await using intake = media.intake();
      for (const path of pathsOf(body)) await intake.copy(path);
      return addedBody(parts, await intake.keep({ ...notesOf(body), person: caller.name }));
    }),
    bind(operations.getMedia, async ({ params: { id } }) => mediaBody(parts, await getItem(parts, id))),
    bind(operations.changeMedia, async ({ params: { id }, body, caller }) =>
      mediaBody(parts, await media.change(id, changeOf(body), caller.name)),
    ),
    bind(operations.deleteMedia, async ({ params: { id }, caller }) => {
      await media.remove(id, caller.name);
      return { id };
    }),
    bind(operations.getMediaThumbnail, async ({ params: { id }, reply }) => {
      const jpeg = await media.thumbnail(id);
      return reply.headers(asContent).type('image/jpeg').send(Buffer.from(jpeg));
    }),
    bind(operations.getMediaContent, async ({ params: { id }, request, reply }) => {
      const { item, path } = await media.contentOf(id);
      const { bytes, mime, sha256, name } = item;
      return sendFile(request, reply.headers(asContent), { path, bytes, mime, etag: `"${sha256}"`, name });
    }),
  ];
};

function pathsOf({ path, paths = [] }: MediaImport): readonly string[] {
  const all = path === undefined ? paths : [path, ...paths];
  if (all.length > 0) return all;
  throw new DroverError('input.invalid', {
    message: 'paths is missing: it must be a list of absolute paths on the machine of the server',
    details: { path: 'paths' },
  });
}

/** An id means one content for ever. What a file holds must not run as a page of ours, whatever it is opened as. */
const asContent = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, max-age=31536000, immutable',
} as const;

const notesOf = ({ tags = [], caption }: { tags?: readonly string[]; caption?: string | undefined }): MediaNotes => ({
  tags: mediaTags(tags),
  caption: captionOf(caption ?? null),
});

/** A caption of nothing but space is none. */
const captionOf = (text: string | null): string | null => (text?.trim() ? text : null);

function changeOf({ name, tags, caption, number, allow_reuse, used }: MediaChangeBody) {
  return {
    ...(name !== undefined && { name: mediaName(name) }),
    ...(tags !== undefined && { tags: mediaTags(tags) }),
    ...(caption !== undefined && { caption: captionOf(caption) }),
    ...(number !== undefined && { number }),
    ...(allow_reuse !== undefined && { allowReuse: allow_reuse }),
    ...(used !== undefined && { isUsed: used }),
  };
}

/** Throws `input.not-found`. */
async function getItem(parts: HttpParts, id: number): Promise<MediaItem> {
  const item = await findMedia(parts.store.read, id);
  if (!item) throw new DroverError('input.not-found', { message: `there is no media item ${id}` });
  return item;
}

async function addedBody(parts: HttpParts, added: readonly AddedMedia[]) {
  const bodies = await mediaBodies(
    parts,
    added.map(({ item }) => item),
  );
  return {
    media: bodies.map((body, index) => ({ ...body, duplicate: added[index]?.isDuplicate ?? false })),
    created_count: added.filter(({ isDuplicate }) => !isDuplicate).length,
  };
}

async function mediaBody(parts: HttpParts, item: MediaItem): Promise<MediaBody> {
  const [body] = await mediaBodies(parts, [item]);
  if (!body) throw new Error('a media item without a body');
  return body;
}

async function mediaBodies(parts: HttpParts, items: readonly MediaItem[]): Promise<MediaBody[]> {
  const uses = await summariseUses(
    parts.store.read,
    items.map(({ sha256 }) => sha256),
  );
  const at = (ms: number): string => isoTime(ms, parts.settings().timeZone);
  return items.map((item) => {
    const { count = 0, lastAt, by = [] } = uses.get(item.sha256) ?? {};
    return {
      id: item.id,
      kind: item.kind,
      name: item.name,
      mime: item.mime,
      bytes: item.bytes,
      sha256: item.sha256,
      width: item.width,
      height: item.height,
      codec: item.codec,
      duration_ms: item.durationMs,
      tags: item.tags,
      caption: item.caption,
      number: item.number,
      allow_reuse: item.allowReuse,
      used: count > 0,
      use_count: count,
      used_by: by,
      last_used_at: lastAt === undefined ? null : at(lastAt),
      origin: item.origin,
      added_at: at(item.addedAt),
      thumbnail: `/api/v1/media/${item.id}/thumbnail`,
      content: `/api/v1/media/${item.id}/content`,
    };
  });
}
