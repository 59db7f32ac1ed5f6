import { DroverError } from '../base/error.ts';
import { loadConfig } from '../config.ts';
import type { Device } from '../contract/device.ts';

export interface ConfirmFlags {
  port?: number;
  config?: string;
}

/** `drover confirm SERIAL`: tells the running server that the phone and the accounts on it are the operator's own. */
export async function confirm(serial: string, flags: ConfirmFlags): Promise<void> {
  const { port } = loadConfig({ ...flags }).config;
  const api = `http://127.0.0.1:${port}/api/v1`;
  const path = `/devices/${encodeURIComponent(serial)}`;
  const before = await call(`${api}${path}`, port);
  if (before.code !== 0)
    throw new DroverError('input.not-found', { message: `${before.message}${await known(api, port)}` });
  const { virtual, owned } = before.data as Device;
  if (owned) {
    say(
      virtual
        ? `${serial} is a virtual phone: it counts as yours without being confirmed.`
        : `${serial} was confirmed before: nothing had to be changed.`,
    );
    return;
  }
  const after = await call(`${api}${path}`, port, { owned: true });
  if (after.code !== 0) throw new DroverError('input.invalid', { message: after.message });
  const { name, queue_length: queued } = after.data as Device;
  say(`Noted: phone ${serial} (${name}) and the accounts on it are yours, as you state.`);
  say(
    queued === 0
      ? 'No task waits for it.'
      : `${queued} ${queued === 1 ? 'task waits' : 'tasks wait'} for it; what waited for this statement goes on now.`,
  );
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Reply {
  code: number;
  message: string;
  data: unknown;
}

async function call(url: string, port: number, change?: object): Promise<Reply> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
      ...(change && {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(change),
      }),
    });
    return (await response.json()) as Reply;
  } catch (cause) {
    throw new DroverError('input.invalid', {
      message: `no drover server answers at http://localhost:${port}: start it with "drover serve", or name its port with --port`,
      cause,
    });
  }
}

async function known(api: string, port: number): Promise<string> {
  const { data } = await call(`${api}/devices?page_size=100`, port);
  const serials = (data as { devices: Device[] }).devices.map(({ serial }) => serial);
  return serials.length === 0 ? '; the server knows none' : `; the server knows ${serials.join(', ')}`;
}
