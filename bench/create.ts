import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import { ServerHouse } from '../test/support/server-house.ts';
import { ServerProcess } from '../test/support/server-process.ts';
import { spread } from './spread.ts';

const connections = 32;
const body = JSON.stringify({
  serials: ['R58NOTHERE'],
  script_name: 'follow',
  script_config: { target_users: ['@mia'] },
  start_time: '2030-01-01T00:00:00Z',
});

/**
 * Durable creates (each answered after its commit is on disk) beside a bare node:http server that answers the same bytes
 * and keeps nothing, interleaved in one run: the ratio is what counts, client and servers share the machine.
 */
export async function benchCreate(rounds: number, seconds: number): Promise<object[]> {
  await using house = await ServerHouse.open();
  await house.stop(); // it gets a process of its own, so that the client does not share its event loop
  const server = await ServerProcess.start(house);
  const bare = fork(join(import.meta.dirname, 'bare-server.ts'));
  const [barePort] = (await once(bare, 'message')) as [number];
  const ports = { bare: barePort, drover: Number(new URL(server.api.base).port) };
  const rates: Record<keyof typeof ports, number[]> = { bare: [], drover: [] };
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['bare', 'drover'] as const) {
      const { rate, latencies } = await load(ports[name], seconds * 1_000);
      rates[name].push(rate);
      if (name === 'drover') times.push(...latencies);
    }
  }
  bare.kill();
  await server.kill('SIGTERM');
  const median = (values: readonly number[]): number => spread(values).p50;
  return [
    {
      bench: 'create',
      connections,
      rounds,
      drover_per_s: Math.round(median(rates.drover)),
      bare_node_http_per_s: Math.round(median(rates.bare)),
      ratio: Number((median(rates.drover) / median(rates.bare)).toFixed(2)),
      latency_ms: spread(times),
    },
  ];
}

async function load(port: number, ms: number): Promise<{ rate: number; latencies: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const begun = systemClock.monotonic();
  const worker = async (): Promise<void> => {
    while (systemClock.monotonic() - begun < ms) {
      const at = systemClock.monotonic();
      await post(agent, port);
      latencies.push(systemClock.monotonic() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { rate: (latencies.length / (systemClock.monotonic() - begun)) * 1_000, latencies };
}

function post(agent: Agent, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/api/v1/task',
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
      },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume().on('end', resolve);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
