import { createHash } from 'node:crypto';
import { absolute, type Call, type Command, type CommandTable, parseOptions } from '../command.ts';
import { canonicalPath } from '../files.ts';
import type { FileEntry } from '../parts.ts';

const noSuch = 'No such file or directory';
const nameOf = (path: string): string => path.replace(/\/+$/, '').slice(path.replace(/\/+$/, '').lastIndexOf('/') + 1);

/** Runs `act` on each path; its complaint is printed as toybox does and makes the exit code 1. */
function each(call: Call, paths: readonly string[], act: (path: string, shown: string) => string | undefined): number {
  let code = 0;
  for (const shown of paths) {
    let complaint: string | undefined;
    try {
      complaint = act(absolute(call, shown), shown);
    } catch (thrown) {
      complaint = thrown instanceof Error ? thrown.message : String(thrown);
    }
    if (complaint === undefined) continue;
    call.io.err(`${complaint.includes(':') ? complaint : `'${shown}': ${complaint}`}\n`);
    code = 1;
  }
  return code;
}

function modeText(entry: FileEntry): string {
  const bits = 'rwxrwxrwx';
  const kind = entry.kind === 'dir' ? 'd' : entry.kind === 'link' ? 'l' : '-';
  return kind + [...bits].map((letter, at) => (entry.mode & (1 << (8 - at)) ? letter : '-')).join('');
}

const when = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

const ls: Command = (call) => {
  const { flags, rest } = parseOptions(call.args);
  const { files } = call.phone.host;
  const line = (entry: FileEntry, name: string): string => {
    if (!flags.has('-l')) return name;
    const owner =
      entry.path.startsWith('/storage') || entry.path.startsWith('/sdcard') ? 'u0_a189  media_rw' : 'shell    shell';
    return `${modeText(entry)} 1 ${owner} ${String(entry.bytes).padStart(8)} ${when(entry.mtime)} ${name}`;
  };
  const paths = rest.length > 0 ? rest : [call.cwd];
  let code = 0;
  const show = (shown: string, path: string): void => {
    const entry = files.stat(path);
    const children = files.list(path);
    if (!entry) {
      call.io.err(`ls: ${shown}: ${noSuch}\n`);
      code = 1;
    } else if (!children || flags.has('-d')) {
      call.io.out(`${line(entry, shown)}\n`);
    } else {
      if (paths.length > 1 || flags.has('-R')) call.io.out(`${shown}:\n`);
      if (flags.has('-l'))
        call.io.out(`total ${children.reduce((sum, child) => sum + Math.ceil(child.bytes / 512), 0)}\n`);
      const visible = children.filter(
        (child) => flags.has('-a') || flags.has('-A') || !nameOf(child.path).startsWith('.'),
      );
      for (const child of visible) call.io.out(`${line(child, nameOf(child.path))}\n`);
      if (flags.has('-R')) {
        for (const child of visible) {
          if (child.kind !== 'dir') continue;
          call.io.out('\n');
          show(`${shown.replace(/\/$/, '')}/${nameOf(child.path)}`, child.path);
        }
      }
    }
  };
  for (const path of paths) show(path, absolute(call, path));
  return code;
};

const cat: Command = async (call) => {
  const { rest } = parseOptions(call.args);
  if (rest.length === 0 || rest[0] === '-') {
    for (let part = await call.io.stdin.next(); part; part = await call.io.stdin.next()) call.io.out(part);
    return 0;
  }
  return each(call, rest, (path, shown) => {
    const content = call.phone.host.files.read(path);
    if (content) call.io.out(content);
    else if (path === '/dev/null') return undefined;
    else return `cat: ${shown}: ${call.phone.host.files.stat(path) ? 'Is a directory' : noSuch}`;
    return undefined;
  });
};

const mkdir: Command = (call) => {
  const { flags, rest } = parseOptions(call.args, ['-m']);
  const { files } = call.phone.host;
  return each(call, rest, (path, shown) => {
    if (files.stat(path)) return flags.has('-p') ? undefined : `mkdir: '${shown}': File exists`;
    if (!flags.has('-p') && !files.stat(path.slice(0, path.replace(/\/$/, '').lastIndexOf('/')) || '/')) {
      return `mkdir: '${shown}': ${noSuch}`;
    }
    files.mkdir(path);
    return undefined;
  });
};

const rm: Command = (call) => {
  const { flags, rest } = parseOptions(call.args);
  const { files } = call.phone.host;
  const isRecursive = flags.has('-r') || flags.has('-R');
  return each(call, rest, (path, shown) => {
    const entry = files.stat(path);
    if (!entry) return flags.has('-f') ? undefined : `rm: ${shown}: ${noSuch}`;
    if (entry.kind === 'dir' && !isRecursive) return `rm: ${shown}: is directory`;
    return files.remove(path, { recursive: isRecursive }) ? undefined : `rm: ${shown}: Operation not permitted`;
  });
};

const rmdir: Command = (call) => {
  const { files } = call.phone.host;
  return each(call, parseOptions(call.args).rest, (path, shown) => {
    const children = files.list(path);
    if (!children) return `rmdir: ${shown}: ${files.stat(path) ? 'Not a directory' : noSuch}`;
    if (children.length > 0) return `rmdir: ${shown}: Directory not empty`;
    files.remove(path);
    return undefined;
  });
};

/** Copies a file, or all files below a folder. */
function copyTree(call: Call, from: string, to: string): void {
  const { files } = call.phone.host;
  const entry = files.stat(from);
  const content = files.read(from);
  if (content && entry) files.write(to, content, { mode: entry.mode, mtime: entry.mtime });
  else if (entry) {
    files.mkdir(to);
    for (const child of files.list(from) ?? []) copyTree(call, child.path, `${to}/${nameOf(child.path)}`);
  }
}

const transfer =
  (name: 'mv' | 'cp'): Command =>
  (call) => {
    const { flags, rest } = parseOptions(call.args);
    const { files } = call.phone.host;
    const target = rest.pop();
    if (target === undefined || rest.length === 0) {
      call.io.err(`${name}: Need 2 arguments\n`);
      return 1;
    }
    const goal = absolute(call, target);
    const isInto = files.stat(goal)?.kind === 'dir';
    return each(call, rest, (path, shown) => {
      const entry = files.stat(path);
      if (!entry) return `${name}: bad '${shown}': ${noSuch}`;
      if (entry.kind === 'dir' && name === 'cp' && !flags.has('-r') && !flags.has('-R') && !flags.has('-a')) {
        return `cp: Skipped dir '${shown}': Is a directory`;
      }
      const to = isInto ? `${goal.replace(/\/$/, '')}/${nameOf(path)}` : goal;
      if (canonicalPath(to) === canonicalPath(path)) return `${name}: '${shown}' is '${target}'`;
      copyTree(call, path, to);
      if (name === 'mv') files.remove(path, { recursive: true });
      return undefined;
    });
  };

const chmod: Command = (call) => {
  const { rest } = parseOptions(call.args);
  const [, ...paths] = rest;
  const { files } = call.phone.host;
  const mode = Number.parseInt(rest[0] ?? '', 8);
  return each(call, paths, (path, shown) => {
    const entry = files.stat(path);
    if (!entry) return `chmod: ${shown}: ${noSuch}`;
    const content = files.read(path);
    if (content && !Number.isNaN(mode)) files.write(path, content, { mode, mtime: entry.mtime });
    return undefined;
  });
};

const touch: Command = (call) => {
  const { files } = call.phone.host;
  return each(call, parseOptions(call.args, ['-t', '-d']).rest, (path) => {
    files.write(path, files.read(path) ?? new Uint8Array());
    return undefined;
  });
};

const stat: Command = (call) => {
  const { rest, values } = parseOptions(call.args, ['-c']);
  const { files } = call.phone.host;
  const format = values.get('-c');
  return each(call, rest, (path, shown) => {
    const entry = files.stat(path);
    if (!entry) return `stat: '${shown}': ${noSuch}`;
    const kind = entry.kind === 'dir' ? 'directory' : 'regular file';
    const octal = (entry.mode & 0o7777).toString(8);
    const fields: Readonly<Record<string, string>> = {
      s: String(entry.bytes),
      n: shown,
      Y: String(entry.mtime),
      y: `${when(entry.mtime)}:00.000000000 +0000`,
      a: octal,
      F: kind,
      U: 'shell',
      G: 'shell',
    };
    if (format !== undefined) call.io.out(`${format.replace(/%(.)/g, (whole, key: string) => fields[key] ?? whole)}\n`);
    else {
      call.io.out(
        `  File: ${shown}\n  Size: ${entry.bytes}\t Blocks: ${Math.ceil(entry.bytes / 512)}\t IO Blocks: 512\t${kind}\n` +
          `Access: (0${octal}/${modeText(entry)})\tUid: ( 2000/   shell)\tGid: ( 2000/   shell)\nModify: ${fields.y}\n`,
      );
    }
    return undefined;
  });
};

/** Used and free space are the phone's own figures; the total is both together. */
const df: Command = (call) => {
  const { flags, rest } = parseOptions(call.args);
  const { files } = call.phone.host;
  const free = files.freeBytes;
  const used = treeBytes(call, '/storage/emulated/0') + treeBytes(call, '/data');
  const human = (bytes: number) =>
    bytes >= 1e9 ? `${(bytes / 2 ** 30).toFixed(1)}G` : `${(bytes / 2 ** 20).toFixed(0)}M`;
  const figure = (bytes: number) => (flags.has('-h') ? human(bytes) : String(Math.floor(bytes / 1024)));
  const percent = Math.round((used / Math.max(1, used + free)) * 100);
  call.io.out(
    flags.has('-h')
      ? 'Filesystem        Size Used Avail Use% Mounted on\n'
      : 'Filesystem     1K-blocks     Used Available Use% Mounted on\n',
  );
  const isShared = rest.length === 0 || rest.some((path) => canonicalPath(path).startsWith('/storage'));
  const cells = [figure(used + free), figure(used), figure(free)].map((cell) => cell.padStart(10)).join('');
  call.io.out(
    `${isShared ? '/dev/fuse     ' : '/dev/block/dm-8'}${cells} ${percent}% ${isShared ? '/storage/emulated' : '/data'}\n`,
  );
  return 0;
};

function treeBytes(call: Call, path: string): number {
  const { files } = call.phone.host;
  const children = files.list(path);
  if (!children) return files.stat(path)?.bytes ?? 0;
  return children.reduce((sum, child) => sum + treeBytes(call, child.path), 0);
}

const du: Command = (call) => {
  const { flags, rest } = parseOptions(call.args, ['-d']);
  return each(call, rest.length > 0 ? rest : ['.'], (path, shown) => {
    if (!call.phone.host.files.stat(path)) return `du: ${shown}: ${noSuch}`;
    const bytes = treeBytes(call, path);
    call.io.out(
      `${flags.has('-b') ? bytes : flags.has('-h') ? `${(bytes / 1024).toFixed(0)}K` : Math.ceil(bytes / 1024)}\t${shown}\n`,
    );
    return undefined;
  });
};

const digest =
  (algorithm: string, name: string): Command =>
  async (call) => {
    const { flags, rest } = parseOptions(call.args);
    const sum = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
    if (rest.length === 0) {
      call.io.out(`${sum(await call.io.stdin.readAll())}  -\n`);
      return 0;
    }
    return each(call, rest, (path, shown) => {
      const content = call.phone.host.files.read(path);
      if (!content) return `${name}: ${shown}: ${call.phone.host.files.stat(path) ? 'Is a directory' : noSuch}`;
      call.io.out(flags.has('-b') ? `${sum(content)}\n` : `${sum(content)}  ${shown}\n`);
      return undefined;
    });
  };

const find: Command = (call) => {
  const { files } = call.phone.host;
  const at = call.args.findIndex((arg) => arg.startsWith('-'));
  const paths = at < 0 ? call.args : call.args.slice(0, at);
  const tests = parseFindTests(at < 0 ? [] : call.args.slice(at));
  if (!tests) {
    call.unknown(`find ${call.args.join(' ')}`);
    return 1;
  }
  const walk = (path: string, shown: string, depth: number): void => {
    const entry = files.stat(path);
    if (!entry) return;
    if (tests.matches(entry, depth)) call.io.out(`${shown}\n`);
    for (const child of depth < tests.maxDepth ? (files.list(path) ?? []) : []) {
      walk(child.path, `${shown.replace(/\/$/, '')}/${nameOf(child.path)}`, depth + 1);
    }
  };
  return each(call, paths.length > 0 ? paths : ['.'], (path, shown) => {
    if (!files.stat(path)) return `find: '${shown}': ${noSuch}`;
    walk(path, shown, 0);
    return undefined;
  });
};

function parseFindTests(
  words: readonly string[],
): { maxDepth: number; matches: (entry: FileEntry, depth: number) => boolean } | undefined {
  let maxDepth = Number.POSITIVE_INFINITY;
  let minDepth = 0;
  const tests: ((entry: FileEntry) => boolean)[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1] ?? '';
    if (words[at] === '-maxdepth') maxDepth = Number(value);
    else if (words[at] === '-mindepth') minDepth = Number(value);
    else if (words[at] === '-type') tests.push((entry) => entry.kind === (value === 'd' ? 'dir' : 'file'));
    else if (words[at] === '-name' || words[at] === '-iname') {
      const source = value
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replace(/\*/g, '.*')
        .replace(/\?/g, '.');
      const regex = new RegExp(`^${source}$`, words[at] === '-iname' ? 'i' : '');
      tests.push((entry) => regex.test(nameOf(entry.path)));
    } else return undefined;
  }
  return { maxDepth, matches: (entry, depth) => depth >= minDepth && tests.every((check) => check(entry)) };
}

const readlink: Command = (call) =>
  each(call, parseOptions(call.args).rest, (path) => {
    call.io.out(`${canonicalPath(path)}\n`);
    return undefined;
  });

export const fileCommands: CommandTable = {
  ls,
  cat,
  mkdir,
  rm,
  rmdir,
  mv: transfer('mv'),
  cp: transfer('cp'),
  chmod,
  touch,
  stat,
  df,
  du,
  md5sum: digest('md5', 'md5sum'),
  sha1sum: digest('sha1', 'sha1sum'),
  sha256sum: digest('sha256', 'sha256sum'),
  find,
  readlink,
  realpath: readlink,
};
