import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';

/** What a form says beside its files. */
export interface UploadFields {
  tags: string[];
  caption?: string;
  /** Names of fields that mean nothing here. */
  unknown: string[];
}

const fieldBytes = 64 * 1024;

/**
 * Reads a form part by part, in the order in which it was sent; each file is handed to `receive` as a stream, which decides
 * how large it may be. Nothing is kept in memory but the fields. Throws what `receive` throws, and `input.invalid` for a
 * form that is broken or cut short. What the client still sends after a failure is read and thrown away, so that it hears
 * the answer.
 */
export async function readUpload(
  request: FastifyRequest,
  { maxFiles }: { maxFiles: number },
  receive: (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<UploadFields> {
  const fields: UploadFields = { tags: [], unknown: [] };
  const limits = { files: maxFiles, fields: 100, fieldSize: fieldBytes, fileSize: Number.MAX_SAFE_INTEGER };
  let refused: { thrown: unknown } | undefined;
  const take = async (part: MultipartFile): Promise<void> => {
    await receive(part.filename, whole(part)).catch((thrown: unknown) => {
      refused = { thrown };
      throw thrown;
    });
  };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') await take(part);
      else if (part.valueTruncated) throw invalid(`${part.fieldname} is longer than ${fieldBytes / 1024} KiB`);
      else note(fields, part.fieldname, String(part.value));
    }
    return fields;
  } catch (thrown) {
    request.raw.resume();
    throw refused ? refused.thrown : fromMultipart(thrown, maxFiles);
  }
}

function note(fields: UploadFields, name: string, value: string): void {
  if (name === 'tags' || name === 'tags[]') fields.tags.push(value);
  else if (name === 'caption') fields.caption = value;
  else fields.unknown.push(name);
}

/** A stream that ends early says so instead of passing for a short file. */
async function* whole({ file, filename }: MultipartFile): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of file) yield chunk as Uint8Array;
  } catch (cause) {
    throw invalid(`${filename.slice(0, 120)} did not arrive whole`, cause);
  }
  if (file.truncated) throw invalid(`${filename.slice(0, 120)} did not arrive whole`);
}

const invalid = (message: string, cause?: unknown): DroverError =>
  new DroverError('input.invalid', {
    message,
    details: { path: '' },
    ...(cause === undefined ? {} : { cause }),
  });

function fromMultipart(thrown: unknown, maxFiles: number): unknown {
  if (!(thrown instanceof Error) || thrown instanceof DroverError) return thrown;
  const isTooMany = 'code' in thrown && thrown.code === 'FST_FILES_LIMIT';
  if (isTooMany) return invalid(`too many files in one request; send at most ${maxFiles}`, thrown);
  return invalid(`the form cannot be read: ${thrown.message}`, thrown);
}
