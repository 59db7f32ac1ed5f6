import { Value } from 'typebox/value';
import { type Ctx, withDeadline } from '../../base/context.ts';
import { Device } from '../../contract/device.ts';
import { Health } from '../../contract/health.ts';
import { trouble } from './check.ts';

/** A Drover server of this machine, as it describes itself. */
export interface RunningDrover {
  port: number;
  health: Health;
  devices: readonly Device[];
}

/** Undefined when nothing listens on the port, or something that is no Drover. */
export async function findDrover(ctx: Ctx, port: number): Promise<RunningDrover | undefined> {
  if (port === 0) return undefined;
  const health = await read(ctx, port, '/healthz');
  return Value.Check(Health, health) ? { port, health, devices: await devicesOf(ctx, port) } : undefined;
}

/** Empty when the server is stopping: it then answers `/healthz` only. */
async function devicesOf(ctx: Ctx, port: number): Promise<Device[]> {
  const devices: Device[] = [];
  for (let page = 1; ; page++) {
    const reply = await read(ctx, port, `/api/v1/devices?page_size=100&page=${page}`);
    const list: unknown = field(field(reply, 'data'), 'devices');
    if (!Array.isArray(list) || list.length === 0) return devices;
    devices.push(...list.filter((device) => Value.Check(Device, device)));
  }
}

async function read(ctx: Ctx, port: number, path: string): Promise<unknown> {
  using limited = withDeadline(ctx, 3_000, () => trouble(`port ${port} did not answer`, ''));
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: limited.signal });
    return await response.json();
  } catch {
    ctx.signal.throwIfAborted();
    return undefined; // nobody there, or no Drover
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
