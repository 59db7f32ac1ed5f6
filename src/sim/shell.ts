import { ByteQueue } from './byte-queue.ts';
import { absolute, type Call, CommandError, type CommandIo, type ShellPhone } from './command.ts';
import { canonicalPath } from './files.ts';
import {
  type Group,
  type List,
  type Pipeline,
  parseShell,
  type Redirect,
  ShellSyntaxError,
  type SimpleCommand,
  type Word,
} from './shell-parse.ts';

/** Thrown by `exit` to leave however many groups it stands in. */
class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** One run of `/system/bin/sh`: its variables, folder and last exit code. */
export class Shell {
  readonly #phone: ShellPhone;
  readonly #env: Map<string, string>;
  #cwd = '/';
  #status = 0;

  constructor(phone: ShellPhone, env: Readonly<Record<string, string>> = {}) {
    this.#phone = phone;
    this.#env = new Map(Object.entries({ PATH: '/product/bin:/system/bin', HOME: '/', USER: 'shell', ...env }));
  }

  get cwd(): string {
    return this.#cwd;
  }

  /** Runs one line and returns its exit code; never rejects. 130 when `signal` ended it. */
  async run(line: string, io: CommandIo, signal: AbortSignal): Promise<{ code: number; hasExited: boolean }> {
    try {
      this.#status = await this.#list(parseShell(line), io, signal);
      return { code: this.#status, hasExited: false };
    } catch (thrown) {
      if (thrown instanceof Exit) return { code: thrown.code, hasExited: true };
      if (signal.aborted) return { code: 130, hasExited: true };
      if (!(thrown instanceof ShellSyntaxError)) throw thrown;
      this.#phone.host.unknown.push(`shell: ${line}`);
      io.err(`/system/bin/sh: syntax error: ${thrown.message}\n`);
      this.#status = 1;
      return { code: 1, hasExited: false };
    }
  }

  async #list(list: List, io: CommandIo, signal: AbortSignal): Promise<number> {
    for (const { after, pipeline } of list) {
      if (after === 'success' && this.#status !== 0) continue;
      if (after === 'failure' && this.#status === 0) continue;
      this.#status = await this.#pipeline(pipeline, io, signal);
      signal.throwIfAborted();
    }
    return this.#status;
  }

  async #pipeline(pipeline: Pipeline, io: CommandIo, signal: AbortSignal): Promise<number> {
    const last = pipeline.commands.length - 1;
    const stages: Promise<number>[] = [];
    let stdin = io.stdin;
    const controllers = pipeline.commands.map(() => new AbortController());
    for (const [at, command] of pipeline.commands.entries()) {
      const isLast = at === last;
      const output = isLast ? undefined : new ByteQueue();
      const own = controllers[at] ?? new AbortController();
      const mine: CommandIo = {
        stdin,
        out: output ? (text) => output.push(Buffer.from(text)) : io.out,
        err: io.err,
      };
      const before = controllers[at - 1];
      stages.push(
        this.#command(command, mine, isLast ? signal : AbortSignal.any([signal, own.signal])).finally(() => {
          output?.end();
          before?.abort(); // nobody reads the stage before any more
        }),
      );
      if (output) stdin = output;
    }
    const results = await Promise.allSettled(stages);
    const result = results[last];
    if (result?.status === 'rejected') throw result.reason;
    const code = result?.value ?? 0;
    return pipeline.isNegated ? Number(code === 0) : code;
  }

  async #command(command: SimpleCommand | Group, io: CommandIo, signal: AbortSignal): Promise<number> {
    const redirected = await this.#redirect(command.redirects, io, signal);
    if (!redirected) return 1;
    try {
      if (command.is === 'group') return await this.#list(command.body, redirected.io, signal);
      return await this.#simple(command, redirected.io, signal);
    } finally {
      redirected.finish();
    }
  }

  async #simple(command: SimpleCommand, io: CommandIo, signal: AbortSignal): Promise<number> {
    const assigned: [string, string][] = [];
    for (const { name, value } of command.assignments) assigned.push([name, await this.#text(value, io, signal)]);
    const words: string[] = [];
    for (const word of command.words) words.push(...(await this.#expand(word, io, signal)));
    const [name, ...args] = words;
    if (name === undefined) {
      for (const [key, value] of assigned) this.#env.set(key, value);
      return 0;
    }
    const builtin = this.#builtin(name, args, io);
    if (builtin !== undefined) return builtin;
    if (name === 'exec' || name === 'command') return this.#external(args, { assigned, io, signal });
    return this.#external(words, { assigned, io, signal });
  }

  #builtin(name: string, args: readonly string[], io: CommandIo): number | undefined {
    switch (name) {
      case 'exit':
        throw new Exit(args[0] === undefined ? this.#status : Number(args[0]) & 255);
      case 'export':
        for (const arg of args) {
          const at = arg.indexOf('=');
          if (at > 0) this.#env.set(arg.slice(0, at), arg.slice(at + 1));
        }
        return 0;
      case 'unset':
        for (const arg of args) this.#env.delete(arg);
        return 0;
      case 'cd': {
        const path = absolute({ cwd: this.#cwd }, args[0] ?? '/');
        if (this.#phone.host.files.stat(path)?.kind !== 'dir') {
          io.err(`/system/bin/sh: cd: ${args[0]}: No such file or directory\n`);
          return 2;
        }
        this.#cwd = path;
        return 0;
      }
      case 'set':
      case 'umask':
      case 'trap':
        return 0;
      default:
        return undefined;
    }
  }

  async #external(
    words: readonly string[],
    how: { assigned: readonly [string, string][]; io: CommandIo; signal: AbortSignal },
  ): Promise<number> {
    const { assigned, io, signal } = how;
    const [name = '', ...args] = words;
    if (name === '') return 0;
    const known = name.startsWith('/system/bin/') ? name.slice('/system/bin/'.length) : name;
    const command = Object.hasOwn(this.#phone.commandTable, known) ? this.#phone.commandTable[known] : undefined;
    const { host } = this.#phone;
    if (!command) {
      host.unknown.push(`shell: ${words.join(' ')}`);
      const isPath = name.includes('/');
      const reason =
        isPath && !host.files.stat(absolute({ cwd: this.#cwd }, name))
          ? 'No such file or directory'
          : 'inaccessible or not found';
      io.err(`/system/bin/sh: ${name}: ${isPath ? reason : 'inaccessible or not found'}\n`);
      return 127;
    }
    const pid = this.#phone.nextPid++;
    this.#phone.running.set(pid, known);
    const call: Call = {
      args,
      io,
      phone: this.#phone,
      signal,
      env: new Map([...this.#env, ...assigned]),
      cwd: this.#cwd,
      unknown: (what) => host.unknown.push(`shell: ${what}`),
    };
    try {
      return await command(call);
    } catch (thrown) {
      if (signal.aborted || thrown instanceof Exit) throw thrown;
      io.err(`${known}: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
      return thrown instanceof CommandError ? thrown.exitCode : 1;
    } finally {
      this.#phone.running.delete(pid);
    }
  }

  async #redirect(
    redirects: readonly Redirect[],
    io: CommandIo,
    signal: AbortSignal,
  ): Promise<{ io: CommandIo; finish: () => void } | undefined> {
    const { files } = this.#phone.host;
    let { stdin } = io;
    let out = io.out.bind(io);
    let err = io.err.bind(io);
    const finishers: (() => void)[] = [];
    for (const { fd, to } of redirects) {
      if (to.is === 'copy') {
        if (fd === 2) err = to.fd === 1 ? out : err;
        else out = to.fd === 2 ? err : out;
        continue;
      }
      const name = await this.#text(to.word, io, signal);
      const path = absolute({ cwd: this.#cwd }, name);
      if (to.is === 'input') {
        const content = name === '/dev/null' ? Buffer.alloc(0) : files.read(path);
        if (!content) {
          io.err(`/system/bin/sh: can't open ${name}: No such file or directory\n`);
          return undefined;
        }
        stdin = ByteQueue.of(content);
        continue;
      }
      const parts: Buffer[] = to.append ? [Buffer.from(files.read(path) ?? [])] : [];
      const collect = (text: string | Uint8Array) => {
        if (name !== '/dev/null') parts.push(Buffer.from(text));
      };
      if (fd === 2) err = collect;
      else out = collect;
      if (name === '/dev/null') continue;
      const save = () => files.write(path, Buffer.concat(parts));
      try {
        save(); // opened first: a place that cannot be written stops the command before it runs
      } catch (thrown) {
        io.err(`/system/bin/sh: can't create ${name}: ${thrown instanceof Error ? thrown.message : thrown}\n`);
        return undefined;
      }
      finishers.push(() => {
        try {
          save();
        } catch (thrown) {
          io.err(`write: ${thrown instanceof Error ? thrown.message : thrown}\n`);
        }
      });
    }
    const finish = () => {
      for (const save of finishers) save();
    };
    return { io: { stdin, out, err }, finish };
  }

  /** A word as one text: no splitting, no patterns (assignments and redirections). */
  async #text(word: Word, io: CommandIo, signal: AbortSignal): Promise<string> {
    const parts: string[] = [];
    for (const part of word) {
      if (part.is === 'text') parts.push(part.text);
      else if (part.is === 'variable') parts.push(this.#variable(part.name));
      else parts.push(await this.#output(part.command, io, signal));
    }
    return parts.join('');
  }

  async #expand(word: Word, io: CommandIo, signal: AbortSignal): Promise<string[]> {
    const fields: { text: string; isPattern: boolean }[] = [];
    let current: { text: string; isPattern: boolean } | undefined;
    const append = (text: string, isPattern: boolean) => {
      current ??= { text: '', isPattern: false };
      current.text += text;
      current.isPattern ||= isPattern;
    };
    for (const part of word) {
      if (part.is === 'text') {
        append(part.text, !part.isQuoted && patternMark.test(part.text));
        continue;
      }
      const value = part.is === 'variable' ? this.#variable(part.name) : await this.#output(part.command, io, signal);
      if (part.isQuoted) {
        append(value, false);
        continue;
      }
      const pieces = value.split(/\s+/);
      for (const [at, piece] of pieces.entries()) {
        if (at > 0 && current) {
          fields.push(current);
          current = undefined;
        }
        if (piece !== '') append(piece, patternMark.test(piece));
      }
    }
    if (current) fields.push(current);
    return fields.flatMap(({ text, isPattern }) => (isPattern ? this.#glob(text) : [text]));
  }

  #variable(name: string): string {
    if (name === '?') return String(this.#status);
    if (name === '$') return String(this.#phone.nextPid);
    if (name === 'PWD') return canonicalPath(this.#cwd);
    return this.#env.get(name) ?? '';
  }

  async #output(line: string, io: CommandIo, signal: AbortSignal): Promise<string> {
    const parts: Buffer[] = [];
    const inner: CommandIo = { stdin: io.stdin, out: (text) => parts.push(Buffer.from(text)), err: io.err };
    try {
      this.#status = await this.#list(parseShell(line), inner, signal);
    } catch (thrown) {
      if (!(thrown instanceof Exit)) throw thrown;
      this.#status = thrown.code;
    }
    return Buffer.concat(parts).toString().replace(/\n+$/, '');
  }

  #glob(pattern: string): string[] {
    const { files } = this.#phone.host;
    let found = [pattern.startsWith('/') ? '' : this.#cwd.replace(/\/$/, '')];
    for (const segment of pattern.split('/').filter((part) => part !== '')) {
      const matcher = globMatcher(segment);
      found = found.flatMap((base) =>
        matcher
          ? (files.list(base || '/') ?? [])
              .map((entry) => entry.path.replace(/^\/+/, '/'))
              .filter((path) => matcher(path.slice(path.lastIndexOf('/') + 1)))
          : [`${base}/${segment}`],
      );
    }
    const here = `${this.#cwd.replace(/\/$/, '')}/`;
    const existing = found
      .filter((path) => files.stat(path))
      .map((path) => (pattern.startsWith('/') ? path : path.slice(here.length)));
    return existing.length > 0 ? existing : [pattern];
  }
}

/** A bracket alone is a command's name, not a pattern. */
const patternMark = /[*?]|\[[^\]]+\]/;

function globMatcher(segment: string): ((name: string) => boolean) | undefined {
  if (!patternMark.test(segment)) return undefined;
  const source = segment
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  try {
    const regex = new RegExp(`^${source.replace(/\[!/g, '[^')}$`);
    return (name) => !name.startsWith('.') && regex.test(name);
  } catch {
    return undefined; // a range the wrong way round matches nothing but itself
  }
}
