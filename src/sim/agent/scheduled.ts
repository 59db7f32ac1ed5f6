import { Body, type Call, type Handler, isRecord, missing, numberIn, type Route } from './call.ts';
import { AgentError, invalidArgument, stacktrace } from './errors.ts';
import { gestureRoutes } from './gestures.ts';
import { sessionRoutes } from './source.ts';

type Fields = Readonly<Record<string, unknown>>;

interface StepResult {
  name: string;
  type: string;
  timestamp: number;
  passed: boolean;
  result: unknown;
  exception: { name: string; message: string; stacktrace: string } | null;
}

/** A row of steps that the server runs by itself, at once and then every so often (ScheduledActionsManager). */
interface Action {
  steps: readonly { name: string; type: string; payload: Fields }[];
  times: number;
  intervalMs: number;
  maxHistoryItems: number;
  maxPass: number;
  maxFail: number;
  passes: number;
  fails: number;
  /** Newest first. */
  history: { repeats: number; stepResults: StepResult[][] };
  cancel: () => void;
}

/** Forgotten with the session. */
const scheduled = new WeakMap<Call['session'], Map<string, Action>>();

function actionsOf({ session }: Call): Map<string, Action> {
  const found = scheduled.get(session) ?? new Map<string, Action>();
  scheduled.set(session, found);
  return found;
}

export const scheduledRoutes: readonly Route[] = [
  ['POST', '/session/:sessionId/appium/schedule_action', schedule],
  ['POST', '/session/:sessionId/appium/action_history', (call) => find(call).action.history],
  [
    'POST',
    '/session/:sessionId/appium/unschedule_action',
    (call) => {
      const { name, action } = find(call);
      action.cancel();
      actionsOf(call).delete(name);
      return action.history;
    },
  ],
];

function find(call: Call): { name: string; action: Action } {
  const name = call.body.text('FindActionModel', 'name');
  const action = actionsOf(call).get(name);
  if (!action) throw invalidArgument(`The action name '${name}' is not known. Have you scheduled it before?`);
  return { name, action };
}

function schedule(call: Call): null {
  const fields = call.body.fields();
  const name = call.body.text('ScheduledActionModel', 'name');
  const { steps } = fields;
  if (!Array.isArray(steps)) throw missing('ScheduledActionModel', 'steps');
  const number = (field: string, fallback: number) =>
    fields[field] === undefined || fields[field] === null
      ? fallback
      : Math.trunc(numberIn(fields, 'ScheduledActionModel', field));
  const action: Action = {
    steps: steps.map(readStep),
    times: number('times', 1),
    intervalMs: number('intervalMs', 1_000),
    maxHistoryItems: number('maxHistoryItems', 20),
    maxPass: number('maxPass', -1),
    maxFail: number('maxFail', -1),
    passes: 0,
    fails: 0,
    history: { repeats: 0, stepResults: [] },
    cancel: () => {},
  };
  if (name.trim() === '') throw invalidArgument('Action name must not be blank');
  if (action.intervalMs < 0) {
    throw invalidArgument(`The scheduled action interval must not be negative. You have provided ${action.intervalMs}`);
  }
  if (steps.length === 0) throw invalidArgument('The amount of provided action steps must be greater than zero');
  if (action.maxHistoryItems < 1) {
    throw invalidArgument('The amount of maximum action history items must be greater than zero');
  }
  const actions = actionsOf(call);
  if (actions.has(name)) {
    throw invalidArgument(`The action with the same name '${name}' has been already scheduled. Please remove it first`);
  }
  actions.set(name, action);
  runLater(call, action, 0);
  return null;
}

function readStep(step: unknown): Action['steps'][number] {
  if (!isRecord(step)) throw invalidArgument('Expected BEGIN_OBJECT');
  const { name, type, payload } = step;
  if (typeof type !== 'string') throw missing('ScheduledActionStepModel', 'type');
  if (typeof name !== 'string') throw missing('ScheduledActionStepModel', 'name');
  return { name, type, payload: isRecord(payload) ? payload : {} };
}

/** The timer goes with the session, or with the server. */
function runLater(call: Call, action: Action, afterMs: number): void {
  const { session, signal } = call;
  const ending = AbortSignal.any([signal, session.ended]);
  const cancelTimer = session.host.clock.after(
    afterMs,
    () => {
      ending.removeEventListener('abort', cancelTimer);
      void run(call, action);
    },
    { idle: true },
  );
  action.cancel = cancelTimer;
  ending.addEventListener('abort', cancelTimer, { once: true });
}

async function run(call: Call, action: Action): Promise<void> {
  const { history } = action;
  let isStopped = false;
  action.cancel = () => {
    isStopped = true;
  };
  if (history.stepResults.length >= action.maxHistoryItems) history.stepResults.pop();
  const results: StepResult[] = [];
  for (const step of action.steps) results.push(await runStep(call, step));
  history.stepResults.unshift(results);
  history.repeats++;
  if (results.every((result) => result.passed)) action.passes++;
  else action.fails++;
  const isDone =
    (action.maxPass > 0 && action.passes >= action.maxPass) ||
    (action.maxFail > 0 && action.fails >= action.maxFail) ||
    history.repeats >= action.times;
  if (!isDone && !isStopped && !call.signal.aborted && !call.session.ended.aborted) {
    runLater(call, action, action.intervalMs);
  }
}

async function runStep(call: Call, { name, type, payload }: Action['steps'][number]): Promise<StepResult> {
  const result: StepResult = {
    name,
    type,
    timestamp: call.session.host.clock.now(),
    passed: false,
    result: null,
    exception: null,
  };
  try {
    const handler = handlerOf(name, type, payload.subtype);
    result.result = (await handler({ ...call, body: new Body(JSON.stringify(payload)) })) ?? null;
    result.passed = true;
  } catch (thrown) {
    const error = thrown instanceof AgentError ? thrown : new AgentError('unknown error', String(thrown));
    result.exception = {
      name: 'io.appium.uiautomator2.common.exceptions.UiAutomator2Exception',
      message: error.message,
      stacktrace: stacktrace(error),
    };
  }
  return result;
}

const routed = (routes: readonly Route[], end: string): Handler => {
  const route = routes.find(([, path]) => path.endsWith(end));
  return route?.[2] ?? (() => null);
};

const subtypes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  gesture: {
    click: routed(gestureRoutes, '/gestures/click'),
    doubleClick: routed(gestureRoutes, '/gestures/double_click'),
    longClick: routed(gestureRoutes, '/gestures/long_click'),
  },
  source: { xml: routed(sessionRoutes, '/source') },
  screenshot: {
    png: async ({ session }) => Buffer.from(await session.host.ui.picture('png')).toString('base64'),
  },
};

function handlerOf(name: string, type: string, subtype: unknown): Handler {
  const known = Object.hasOwn(subtypes, type) ? subtypes[type] : undefined;
  if (!known) {
    throw new AgentError(
      'unknown error',
      `The value '${type}' of 'type' field in step '${name}' is unknown. Only the following kinds are supported: [gesture, source]`,
    );
  }
  const handler = typeof subtype === 'string' && Object.hasOwn(known, subtype) ? known[subtype] : undefined;
  if (handler) return handler;
  throw new AgentError(
    'unknown error',
    `The value '${subtype === undefined ? 'null' : String(subtype)}' of 'subtype' field in step '${name}' (type '${type}') is unknown. Only the following subtypes are supported: [${Object.keys(known).join(', ')}]`,
  );
}
