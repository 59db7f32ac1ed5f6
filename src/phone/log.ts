import { StringDecoder } from 'node:string_decoder';
import type { AdbDevice } from '../adb/device.ts';
import { fromFail } from '../adb/from-fail.ts';
import { commandLine } from '../adb/quote.ts';
import type { Ctx } from '../base/context.ts';

/** From least to most: verbose, debug, info, warning, error, fatal. */
export type LogLevel = 'V' | 'D' | 'I' | 'W' | 'E' | 'F';

/** One line of Android's log. */
export interface LogLine {
  /** Epoch ms, by the phone's clock. */
  at: number;
  pid: number;
  tid: number;
  level: LogLevel;
  tag: string;
  text: string;
}

/** logd takes 4,068 bytes an entry; what is longer than this has lost its line ends on the way. */
const longestLine = 16 * 1024;

/**
 * Follows the log of a phone, beginning with its last `tail` lines, until `ctx` ends or the phone does. Nothing is piled up:
 * while nobody asks for more, the phone waits, and drops its oldest lines for itself.
 */
export async function* followLog(
  ctx: Ctx,
  device: AdbDevice,
  { level, tail }: { level: LogLevel; tail: number },
): AsyncGenerator<LogLine[], void, void> {
  // Seconds since 1970 need neither the phone's zone nor its year.
  const argv = ['logcat', '-v', 'threadtime', '-v', 'epoch', '-T', String(Math.max(1, tail)), `*:${level}`];
  const socket = await device.open(ctx, `exec:${commandLine(argv)}`);
  const onAbort = () => socket.destroy();
  ctx.signal.addEventListener('abort', onAbort, { once: true });
  const cutter = new LogCutter();
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      const lines = cutter.push(chunk);
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    if (ctx.signal.aborted) throw ctx.signal.reason;
    throw fromFail(error, { serial: device.serial, service: 'logcat' });
  } finally {
    ctx.signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

/** Cuts what arrives into lines; what is no line of the log (its headings) is left out. */
export class LogCutter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  push(chunk: Buffer): LogLine[] {
    const pieces = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = (pieces.pop() ?? '').slice(0, longestLine);
    return pieces.map(parseLogLine).filter((line) => line !== undefined);
  }
}

/** `threadtime` with `epoch` (AOSP liblog, logprint.cpp): seconds, process, thread, level, tag, text. */
const shape = /^ *(\d{1,12})\.(\d{3}) +(\d+) +(\d+) ([VDIWEF]) (.*?) *: (.*)$/s;

export function parseLogLine(line: string): LogLine | undefined {
  const [, seconds, ms, pid, tid, level, tag, text] = shape.exec(line.replace(/\r$/, '')) ?? [];
  if (seconds === undefined || tag === undefined || text === undefined) return undefined;
  return {
    at: Number(seconds) * 1000 + Number(ms),
    pid: Number(pid),
    tid: Number(tid),
    level: level as LogLevel,
    tag,
    text: text.slice(0, longestLine),
  };
}
