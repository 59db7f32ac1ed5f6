import type { Duplex } from 'node:stream';
import { ByteQueue } from './byte-queue.ts';
import type { CommandIo, ShellPhone } from './command.ts';
import { Shell } from './shell.ts';

/** Frames of the shell protocol (AOSP adb/shell_protocol.h): id, length, data. */
const stdinFrame = 0;
const stdoutFrame = 1;
const stderrFrame = 2;
const exitFrame = 3;
const closeStdinFrame = 4;
const frameBytes = 32 * 1024;

export interface ShellRequest {
  /** Frames with separate stderr and an exit code, or plain bytes. */
  protocol: 'v2' | 'plain';
  /** A terminal turns line ends into CR LF and merges stderr into stdout. */
  hasTerminal: boolean;
  env: Record<string, string>;
  /** Empty: an interactive shell. */
  command: string;
}

/** Reads `shell[,v2][,TERM=…][,raw|pty]:COMMAND` and `exec:COMMAND`; undefined for anything else. */
export function parseShellService(service: string): ShellRequest | undefined {
  const at = service.indexOf(':');
  const [name, ...options] = service.slice(0, at).split(',');
  const command = service.slice(at + 1);
  if (at < 0 || (name !== 'shell' && name !== 'exec')) return undefined;
  const term = options.find((option) => option.startsWith('TERM='));
  const isV2 = options.includes('v2');
  // Without the protocol a command runs on a raw terminal, which changes nothing but the merged stderr (AOSP shell_service.cpp).
  const isPty = options.includes('pty') || (command === '' && !options.includes('raw'));
  return {
    protocol: isV2 ? 'v2' : 'plain',
    hasTerminal: name === 'shell' && isPty,
    env: term ? { TERM: term.slice('TERM='.length) } : {},
    command,
  };
}

type Run = (io: CommandIo, signal: AbortSignal) => Promise<number>;

/**
 * Runs `run` with its standard streams on `stream`, and ends the stream with it. When the host hangs up, the signal
 * aborts: this is how `adb shell am instrument` is killed.
 */
export async function serveCommand(
  stream: Duplex,
  request: Pick<ShellRequest, 'protocol' | 'hasTerminal'>,
  run: Run,
): Promise<void> {
  const { protocol, hasTerminal } = request;
  const controller = new AbortController();
  const send = (id: number, text: string | Uint8Array) => {
    if (stream.destroyed || stream.writableEnded) return;
    const bytes = hasTerminal ? terminalText(text) : Buffer.from(text);
    if (protocol === 'plain') stream.write(bytes);
    else {
      for (let at = 0; at < bytes.length; at += frameBytes) {
        stream.write(frame(hasTerminal ? stdoutFrame : id, bytes.subarray(at, at + frameBytes)));
      }
    }
  };
  const stdin = new ByteQueue();
  const input = protocol === 'v2' ? frameReader(stdin) : (chunk: Buffer) => stdin.push(chunk);
  stream.on('data', input);
  // The end of a plain stream is the end of input and also the host's hanging up: what a command does with the end of
  // its input (`exec:cat > file`) it may still do, so the news comes a turn later, with 'close'.
  stream.on('end', () => stdin.end());
  stream.once('close', () => controller.abort(new Error('the host hung up')));
  const code = await run(
    { stdin, out: (text) => send(stdoutFrame, text), err: (text) => send(stderrFrame, text) },
    controller.signal,
  );
  if (stream.destroyed || stream.writableEnded) return;
  if (protocol === 'v2') stream.write(frame(exitFrame, Buffer.from([code & 255])));
  stream.end();
}

export function serveShell(stream: Duplex, phone: ShellPhone, request: ShellRequest): Promise<void> {
  const shell = new Shell(phone, request.env);
  return serveCommand(stream, request, async (io, signal) => {
    if (request.command !== '') return (await shell.run(request.command, io, signal)).code;
    return interact(shell, { io, signal, phone, hasTerminal: request.hasTerminal });
  });
}

/** A shell that reads its lines from standard input; on a terminal it prompts and echoes what is typed. */
async function interact(
  shell: Shell,
  session: { io: CommandIo; signal: AbortSignal; phone: ShellPhone; hasTerminal: boolean },
): Promise<number> {
  const { io, signal, phone, hasTerminal } = session;
  const prompt = () => `${phone.host.props['ro.product.device'] ?? 'android'}:${shell.cwd} $ `;
  let code = 0;
  for (;;) {
    if (hasTerminal) io.out(prompt());
    const line = hasTerminal ? await typedLine(io) : await io.stdin.readLine();
    if (line === undefined) return code;
    const result = await shell.run(line, io, signal);
    code = result.code;
    if (result.hasExited) return code;
  }
}

/** A line as a terminal reads it: echoed, with backspace; Ctrl-D on an empty line is the end, Ctrl-C starts anew. */
async function typedLine(io: CommandIo): Promise<string | undefined> {
  let line = '';
  for (;;) {
    const key = (await io.stdin.read(1))?.toString('latin1');
    if (key === undefined || (key === '\x04' && line === '')) return undefined;
    if (key === '\r' || key === '\n') {
      io.out('\n');
      return Buffer.from(line, 'latin1').toString();
    }
    if (key === '\x03') {
      io.out('^C\n');
      return '';
    }
    if (key === '\x7f') {
      if (line !== '') io.out('\b \b');
      line = line.slice(0, -1);
    } else {
      line += key;
      io.out(Buffer.from(key, 'latin1'));
    }
  }
}

function frame(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(id);
  head.writeUInt32LE(data.length, 1);
  return Buffer.concat([head, data]);
}

/** Cuts the host's frames out of the stream and feeds the command's input; window sizes mean nothing here. */
function frameReader(stdin: ByteQueue): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5) {
      const end = 5 + rest.readUInt32LE(1);
      if (rest.length < end) return;
      if (rest[0] === stdinFrame) stdin.push(rest.subarray(5, end));
      else if (rest[0] === closeStdinFrame) stdin.end();
      rest = rest.subarray(end);
    }
  };
}

function terminalText(text: string | Uint8Array): Buffer {
  return Buffer.from(Buffer.from(text).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}
