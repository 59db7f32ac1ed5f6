import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { findPortHolder } from '../../http/port-holder.ts';
import { type Check, fail, ok, warn } from './check.ts';
import type { RunningDrover } from './running.ts';

/** Free, or a Drover's: both are fine. */
export async function checkPort({ host, port }: Config, running: RunningDrover | undefined): Promise<Check> {
  if (running) return describe(running);
  if (port === 0) return ok('port', 'any free one');
  for (const address of host === '127.0.0.1' || host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const fault = await tryListening(address, port);
    if (fault === 'EADDRINUSE') {
      const holder = (await findPortHolder(port)) ?? 'another program';
      return fail('port', `${port} is taken by ${holder}`, 'Stop that program, or choose another port with --port.');
    }
    if (fault === 'EACCES') {
      return fail('port', `${port} may not be used by this user`, 'Choose a port above 1023 with --port.');
    }
    // A machine without IPv6 is served on IPv4 alone.
    if (fault !== undefined && address !== '::1') {
      return fail('port', `${address}:${port} cannot be listened on: ${fault}`, 'Use --host 127.0.0.1.');
    }
  }
  return ok('port', `${port} is free; no server runs there`);
}

function describe({ port, health, devices }: RunningDrover): Check {
  const { version, uptime_s: seconds, status, database, adb } = health;
  const ready = devices.filter((device) => device.state === 'ready').length;
  const found = `${port}: a drover ${version} server runs there since ${spokenSeconds(seconds)}, ${ready} of ${devices.length} phones ready`;
  if (status === 'stopping') return warn('port', `${found}; it is stopping`, 'Wait until it has ended.');
  if (status === 'failing') {
    return fail('port', `${found}; its database ${database}`, 'Read the log of that server and start it again.');
  }
  if (adb !== 'ok') return warn('port', `${found}; adb: ${adb}`, 'See what is said about the adb server below.');
  return ok('port', found);
}

const spokenSeconds = (seconds: number): string => {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} days`;
};

/** The error's name, undefined when the port is free. */
async function tryListening(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ host, port, ipv6Only: host === '::1' });
    await once(server, 'listening');
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  } finally {
    server.close();
  }
}
