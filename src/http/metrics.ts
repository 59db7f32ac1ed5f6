import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { metrics } from '../base/metrics.ts';
import { deviceStates, taskStates } from '../contract/task-states.ts';
import { countBacklog } from '../store/deliveries.ts';
import { countReviews } from '../store/reviews.ts';
import { countTaskStates } from '../store/task-lists.ts';
import { listWebhooks } from '../store/webhooks.ts';
import type { HttpParts } from './parts.ts';
import { resource } from './resource.ts';

/**
 * `/metrics` for Prometheus. Counters run along where things happen (base/metrics.ts); what is a state (tasks, phones, what
 * waits) is read when it is asked for. The texts of operators and phones are no labels: they would make series without end.
 */
export function metricsRoute(app: FastifyInstance, parts: HttpParts, openStreams: () => number): void {
  collectProcess();
  const registry = new Registry();
  watchRequests(app, registry);
  const gauges = stateGauges(registry);

  resource(app, '/metrics', {
    async GET(_, reply) {
      await readState(gauges, parts);
      gauges.streams.set(openStreams());
      const text = await Registry.merge([metrics, registry]).metrics();
      return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(text);
    },
  });
}

let isCollecting = false;

/** Memory, CPU, event loop, garbage collection: of the process, so once, however many servers it has. */
function collectProcess(): void {
  if (isCollecting) return;
  isCollecting = true;
  collectDefaultMetrics({ register: metrics });
}

function watchRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'drover_http_request_duration_seconds',
    help: 'How long requests took to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route, not the path: what was asked for may be anything.
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}

type Gauges = ReturnType<typeof stateGauges>;

function stateGauges(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });
  return {
    tasks: gauge('drover_tasks', 'Tasks in each state.', ['state']),
    devices: gauge('drover_devices', 'Phones in each state.', ['state']),
    reviews: gauge('drover_reviews_open', 'What waits for a person to decide.'),
    deliveries: gauge('drover_webhook_deliveries', 'Deliveries that wait (pending) or were given up (dead).', [
      'webhook',
      'state',
    ]),
    adb: gauge('drover_adb_up', '1 while all adb servers answer.'),
    limit: gauge('drover_device_limit', 'How many phones may work at once under the plan.', ['plan']),
    streams: gauge('drover_event_streams', 'Open streams of events.'),
    build: gauge('drover_build_info', 'Always 1; the version is a label.', ['version']),
  };
}

async function readState(gauges: Gauges, parts: HttpParts): Promise<void> {
  const { read } = parts.store;
  const [tasks, reviews, backlog, webhooks] = await Promise.all([
    countTaskStates(read),
    countReviews(read, { isOpen: true }),
    countBacklog(read),
    listWebhooks(read),
  ]);
  for (const state of taskStates) gauges.tasks.set({ state }, tasks.get(state) ?? 0);
  const devices = Object.groupBy(parts.devices(), ({ state }) => state);
  for (const state of deviceStates) gauges.devices.set({ state }, devices[state]?.length ?? 0);
  gauges.reviews.set(reviews);
  gauges.deliveries.reset();
  for (const { id } of webhooks) {
    for (const state of ['pending', 'dead'] as const) {
      const n = backlog.find((row) => row.webhookId === id && row.state === state)?.n ?? 0;
      gauges.deliveries.set({ webhook: String(id), state }, n);
    }
  }
  gauges.adb.set(parts.adbHealth() === 'ok' ? 1 : 0);
  const { plan_name: plan, device_limit: limit } = parts.licence();
  gauges.limit.reset();
  gauges.limit.set({ plan }, limit);
  gauges.build.set({ version: parts.version }, 1);
}
