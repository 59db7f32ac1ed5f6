import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** All counters of the product are declared here, so that the Prometheus text has one list of names. */
export const metrics = new Registry();

export const tasksFinished = new Counter({
  name: 'drover_tasks_finished_total',
  help: 'Tasks that ended, by script and outcome (completed, unconfirmed, or the error code).',
  labelNames: ['script', 'outcome'],
  registers: [metrics],
});

export const tasksRunning = new Gauge({
  name: 'drover_tasks_running',
  help: 'Tasks running now.',
  registers: [metrics],
});

export const taskWaits = new Histogram({
  name: 'drover_task_wait_seconds',
  help: 'How long tasks waited for their phone after they were due, by script.',
  labelNames: ['script'],
  buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400],
  registers: [metrics],
});

export const attemptDurations = new Histogram({
  name: 'drover_attempt_duration_seconds',
  help: 'How long attempts took, by script and outcome.',
  labelNames: ['script', 'outcome'],
  buckets: [1, 5, 10, 20, 30, 60, 120, 300, 600, 1800],
  registers: [metrics],
});

export const webhookTries = new Counter({
  name: 'drover_webhook_tries_total',
  help: 'Deliveries to webhooks that were tried, by result (ok, failed).',
  labelNames: ['result'],
  registers: [metrics],
});

export const agentRestarts = new Counter({
  name: 'drover_agent_restarts_total',
  help: 'Recovery rungs taken, by rung.',
  labelNames: ['rung'],
  registers: [metrics],
});

export const commitUnits = new Histogram({
  name: 'drover_commit_units',
  help: 'Units of work that shared one database commit.',
  buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  registers: [metrics],
});
