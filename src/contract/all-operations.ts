import type { Operation } from './operation.ts';
import * as accounts from './operations/accounts.ts';
import * as audit from './operations/audit.ts';
import * as deviceHand from './operations/device-hand.ts';
import * as devices from './operations/devices.ts';
import * as groups from './operations/groups.ts';
import * as media from './operations/media.ts';
import * as pauses from './operations/pauses.ts';
import * as review from './operations/review.ts';
import * as schedules from './operations/schedules.ts';
import * as server from './operations/server.ts';
import * as sessions from './operations/sessions.ts';
import * as settings from './operations/settings.ts';
import * as sighting from './operations/sighting.ts';
import * as tasks from './operations/tasks.ts';
import * as tokens from './operations/tokens.ts';
import * as webhooks from './operations/webhooks.ts';

/**
 * Every operation by its id, which is also the name it is exported under: `/openapi.json` describes these and the typed
 * client has a method for each. A file in `operations/` that is missing here, or an operation here that no route is
 * bound to, fails a test (src/http/openapi.test.ts).
 */
export const allOperations = {
  ...accounts,
  ...devices,
  ...deviceHand,
  ...groups,
  ...media,
  ...pauses,
  ...review,
  ...schedules,
  ...audit,
  ...server,
  ...sessions,
  ...settings,
  ...sighting,
  ...tasks,
  ...tokens,
  ...webhooks,
} as const satisfies Readonly<Record<string, Operation>>;

export type Operations = typeof allOperations;

export const operationList: readonly Operation[] = Object.values(allOperations);
