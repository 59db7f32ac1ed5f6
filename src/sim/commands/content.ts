import { type Call, type Command, CommandError, type CommandTable } from '../command.ts';
import { canonicalPath } from '../files.ts';
import type { MediaRow } from '../parts.ts';
import { parseWhere, type Row } from './where.ts';

interface ContentArgs {
  uri: string;
  projection?: string[];
  where?: string;
  sort?: string;
  method?: string;
  arg?: string;
  bind: Map<string, string>;
}

function parseArgs(args: readonly string[]): ContentArgs {
  const parsed: ContentArgs = { uri: '', bind: new Map() };
  for (let at = 0; at < args.length; at += 2) {
    const option = args[at] ?? '';
    const value = args[at + 1];
    if (value === undefined) throw new CommandError(`[ERROR] Unsupported argument: ${option}`);
    if (option === '--uri') parsed.uri = value;
    else if (option === '--projection') parsed.projection = value.split(':');
    else if (option === '--where') parsed.where = value;
    else if (option === '--sort') parsed.sort = value;
    else if (option === '--method') parsed.method = value;
    else if (option === '--arg') parsed.arg = value;
    else if (option === '--bind') {
      const [, name = '', text = ''] = /^([^:]+):[a-z]:(.*)$/s.exec(value) ?? [];
      parsed.bind.set(name, text);
    } else if (option !== '--user' && option !== '--extra') {
      throw new CommandError(`[ERROR] Unsupported argument: ${option}`);
    }
  }
  if (parsed.uri === '')
    throw new CommandError('[ERROR] Content provider URI not specified. Did you specify --uri argument?');
  return parsed;
}

/** Columns of MediaStore in the order they are printed without a projection. */
const mediaColumns = [
  '_id',
  '_display_name',
  '_data',
  'mime_type',
  '_size',
  'title',
  'duration',
  'width',
  'height',
  'date_added',
  'date_modified',
  'relative_path',
  'bucket_display_name',
  'volume_name',
  'media_type',
  'is_pending',
  'owner_package_name',
];

function toColumns(row: MediaRow): Row {
  const folder = row.path.slice(0, row.path.lastIndexOf('/'));
  return {
    _id: row.id,
    _display_name: row.name,
    _data: row.path,
    mime_type: row.mime,
    _size: row.bytes,
    title: row.name.replace(/\.[^.]*$/, ''),
    duration: row.kind === 'video' ? row.durationMs : null,
    width: row.width || null,
    height: row.height || null,
    date_added: row.dateAdded,
    date_modified: row.dateAdded,
    relative_path: `${folder.replace(/^\/storage\/emulated\/0\/?/, '')}/`,
    bucket_display_name: folder.slice(folder.lastIndexOf('/') + 1),
    volume_name: 'external_primary',
    media_type: row.kind === 'video' ? 3 : 1,
    is_pending: 0,
    owner_package_name: 'com.android.shell',
  };
}

/** Media rows a URI stands for; undefined when it is no media URI. */
function mediaOf(call: Call, uri: string): { row: MediaRow; columns: Row }[] | undefined {
  const { files } = call.phone.host;
  const [, collection, id] =
    /^content:\/\/media\/(?:external|external_primary)\/(video\/media|images\/media|file)(?:\/(\d+))?\/?$/.exec(uri) ??
    [];
  if (collection === undefined) return undefined;
  const kind = collection === 'video/media' ? 'video' : collection === 'images/media' ? 'image' : undefined;
  return files
    .media(kind)
    .filter((row) => id === undefined || row.id === Number(id))
    .map((row) => ({ row, columns: toColumns(row) }));
}

function selectMedia(call: Call, args: ContentArgs): { row: MediaRow; columns: Row }[] | undefined {
  const found = mediaOf(call, args.uri);
  if (!found || args.where === undefined) return found;
  const matches = parseWhere(args.where, mediaColumns);
  return found.filter(({ columns }) => matches(columns));
}

function sorted(rows: Row[], sort: string | undefined): Row[] {
  if (sort === undefined) return rows;
  const [column = '', direction = 'ASC'] = sort.trim().split(/\s+/);
  const sign = direction.toUpperCase() === 'DESC' ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = a[column] ?? 0;
    const right = b[column] ?? 0;
    return sign * (left < right ? -1 : Number(left > right));
  });
}

function print(call: Call, rows: readonly Row[], columns: readonly string[]): number {
  if (rows.length === 0) call.io.out('No result found.\n');
  for (const [at, row] of rows.entries()) {
    call.io.out(`Row: ${at} ${columns.map((name) => `${name}=${row[name] ?? 'NULL'}`).join(', ')}\n`);
  }
  return 0;
}

function settingsOf(call: Call, uri: string): Map<string, string> | undefined {
  const [, namespace = ''] = /^content:\/\/settings\/(\w+)/.exec(uri) ?? [];
  return call.phone.settings.namespace(namespace);
}

/** As `content` fails when no provider answers for the URI: words on stderr, and still exit code 0. */
function noProvider(call: Call, uri: string): number {
  const authority = /^content:\/\/([^/]*)/.exec(uri)?.[1] ?? uri;
  call.unknown(`content ${call.args.join(' ')}`);
  call.io.err(
    `Error while accessing provider:${authority}\njava.lang.IllegalStateException: Could not find provider: ${authority}\n`,
  );
  return 0;
}

function query(call: Call, args: ContentArgs): number {
  const media = selectMedia(call, args);
  if (media) {
    const unknownColumn = args.projection?.find((name) => !mediaColumns.includes(name));
    if (unknownColumn !== undefined) {
      call.io.err(
        `Error while accessing provider:media\njava.lang.IllegalArgumentException: Invalid column ${unknownColumn}\n`,
      );
      return 0;
    }
    const rows = media.map(({ columns }) => columns);
    return print(call, sorted(rows, args.sort), args.projection ?? mediaColumns);
  }
  const settings = settingsOf(call, args.uri);
  if (!settings) return noProvider(call, args.uri);
  const rows = [...settings].map(([name, value], at): Row => ({ _id: at + 1, name, value }));
  const matches = args.where === undefined ? undefined : parseWhere(args.where, ['_id', 'name', 'value']);
  const wanted = matches ? rows.filter(matches) : rows;
  return print(call, sorted(wanted, args.sort), args.projection ?? ['_id', 'name', 'value']);
}

function insert(call: Call, args: ContentArgs): number {
  if (mediaOf(call, args.uri)) {
    const path = args.bind.get('_data');
    if (path !== undefined) call.phone.host.files.scan(path);
    return 0;
  }
  const settings = settingsOf(call, args.uri);
  if (!settings) return noProvider(call, args.uri);
  settings.set(args.bind.get('name') ?? '', args.bind.get('value') ?? '');
  return 0;
}

function remove(call: Call, args: ContentArgs): number {
  const media = selectMedia(call, args);
  if (media) {
    const { files } = call.phone.host;
    // MediaProvider deletes the file of a row with the row.
    for (const { row } of media) {
      files.remove(row.path);
      files.removeMedia(row.id);
    }
    return 0;
  }
  const settings = settingsOf(call, args.uri);
  if (!settings) return noProvider(call, args.uri);
  const matches = parseWhere(args.where ?? '1 = 1', ['name', 'value']);
  for (const [name, value] of [...settings]) if (matches({ name, value })) settings.delete(name);
  return 0;
}

/** MediaProvider's own methods; a scanned file's row comes back under Intent.EXTRA_STREAM. */
function callMethod(call: Call, args: ContentArgs): number {
  const { files } = call.phone.host;
  if (!/^content:\/\/media\b/.test(args.uri)) return noProvider(call, args.uri);
  if (args.method === 'scan_file' && args.arg !== undefined) {
    const uri = files.scan(canonicalPath(args.arg));
    call.io.out(`Result: Bundle[{android.intent.extra.STREAM=${uri ?? 'null'}}]\n`);
    return 0;
  }
  if (args.method === 'scan_volume') {
    files.scan('/storage/emulated/0');
    call.io.out('Result: Bundle[{}]\n');
    return 0;
  }
  call.unknown(`content ${call.args.join(' ')}`);
  call.io.err(
    `Error while accessing provider:media\njava.lang.UnsupportedOperationException: Unsupported call: ${args.method}\n`,
  );
  return 0;
}

function read(call: Call, args: ContentArgs): number {
  const [found] = mediaOf(call, args.uri) ?? [];
  const content = found && call.phone.host.files.read(found.row.path);
  if (content) call.io.out(content);
  else call.io.err(`Error while accessing provider:media\njava.io.FileNotFoundException: No item at ${args.uri}\n`);
  return 0;
}

const subs: Readonly<Record<string, (call: Call, args: ContentArgs) => number>> = {
  query,
  insert,
  delete: remove,
  call: callMethod,
  read,
  update: (call, args) =>
    mediaOf(call, args.uri) || settingsOf(call, args.uri) ? insert(call, args) : noProvider(call, args.uri),
  gettype: (call, args) => {
    call.io.out(`Result: ${mediaOf(call, args.uri)?.[0]?.row.mime ?? 'null'}\n`);
    return 0;
  },
};

const content: Command = (call) => {
  const [name = '', ...rest] = call.args;
  const sub = Object.hasOwn(subs, name) ? subs[name] : undefined;
  if (!sub) {
    call.unknown(`content ${call.args.join(' ')}`);
    call.io.err(`[ERROR] Unsupported operation: ${name}\n`);
    return 1;
  }
  return sub(call, parseArgs(rest));
};

const settings: Command = (call) => {
  const words = call.args[0] === '--user' ? call.args.slice(2) : call.args;
  const [verb = '', namespace = '', key = '', value = ''] = words;
  const values = call.phone.settings.namespace(namespace);
  if (!['get', 'put', 'delete', 'list'].includes(verb)) {
    call.unknown(`settings ${call.args.join(' ')}`);
    call.io.err(`Invalid command: ${verb}\n`);
    return 255;
  }
  if (!values) {
    call.io.err(`Invalid namespace '${namespace}'\n`);
    return 255;
  }
  if (verb === 'get') call.io.out(`${values.get(key) ?? 'null'}\n`);
  else if (verb === 'put') {
    values.set(key, value);
    call.phone.host.ui.changed(); // the screen may be turned by it
  } else if (verb === 'delete') call.io.out(`Deleted ${Number(values.delete(key))} rows\n`);
  else for (const name of [...values.keys()].sort()) call.io.out(`${name}=${values.get(name)}\n`);
  return 0;
};

export const contentCommands: CommandTable = { content, settings };
