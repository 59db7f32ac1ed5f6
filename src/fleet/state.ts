import type { DeviceStateName } from '../contract/task-states.ts';

/**
 * What is done to a phone that is connected but not ready. `start` is the ordinary way up; the others are the rungs of
 * recovery, each taken once, from the mildest on. The adb server is never killed: it belongs to others too.
 */
export const rungs = ['start', 'session', 'restart', 'reconnect', 'reinstall'] as const;
export type Rung = (typeof rungs)[number];

/** "Busy" is no state: it is a lease. */
export type DeviceState =
  | { is: Exclude<DeviceStateName, 'preparing'> }
  /** This rung is being taken. */
  | { is: 'preparing'; rung: Rung };

/** What adb's words come down to; the words themselves are shown beside the state. */
export type AdbSight = 'device' | 'offline' | 'unauthorized' | 'absent';

export type DeviceInput =
  /** From the tracker, or from looking anew. */
  | { is: 'adb'; sight: AdbSight }
  | { is: 'disable' }
  /** With what adb says at that moment. */
  | { is: 'enable'; sight: AdbSight }
  /** Agent up, and a round trip has proven it. */
  | { is: 'proven' }
  | { is: 'rung-failed' }
  /** The automation server's process ended. */
  | { is: 'agent-ended' }
  /** It runs, but a probe failed twice or its session is gone. */
  | { is: 'agent-silent' }
  /** Five minutes passed, or an operator asks. */
  | { is: 'retry' }
  /** An operator wants adb to connect anew. */
  | { is: 'reconnect' };

/** How long an ailing phone is left alone. */
export const ailingPauseMs = 300_000;

/** Total over the device table in ARCHITECTURE.md. A pair that is not listed there stays: late reports are normal. */
export function next(state: DeviceState, input: DeviceInput): DeviceState {
  if (state.is === 'disabled') return input.is === 'enable' ? enter(input.sight) : state;
  switch (input.is) {
    case 'disable':
      return { is: 'disabled' };
    case 'adb':
      return input.sight === 'device' && isConnected(state) ? state : enter(input.sight, state);
    case 'proven':
      return state.is === 'preparing' ? { is: 'ready' } : state;
    case 'rung-failed':
      return state.is === 'preparing' ? afterFailed(state.rung) : state;
    case 'agent-ended':
      return state.is === 'ready' ? { is: 'preparing', rung: 'restart' } : state;
    case 'agent-silent':
      return state.is === 'ready' ? { is: 'preparing', rung: 'session' } : state;
    case 'retry':
      return state.is === 'ailing' ? { is: 'preparing', rung: 'start' } : state;
    case 'reconnect':
      return state.is === 'ready' || state.is === 'ailing' ? { is: 'preparing', rung: 'reconnect' } : state;
    case 'enable':
      return state;
  }
}

/** adb lists it as `device`. */
export const isConnected = (state: DeviceState): boolean =>
  state.is === 'preparing' || state.is === 'ready' || state.is === 'ailing';

function enter(sight: AdbSight, before?: DeviceState): DeviceState {
  if (sight === 'device') return { is: 'preparing', rung: 'start' };
  return before?.is === sight ? before : { is: sight };
}

function afterFailed(rung: Rung): DeviceState {
  // After a failed start there is no server yet in which a session could be opened.
  const following = rung === 'start' ? 'restart' : rungs[rungs.indexOf(rung) + 1];
  return following === undefined ? { is: 'ailing' } : { is: 'preparing', rung: following };
}

/** adb knows more states than matter here (`recovery`, `sideload`, `no permissions`, `connecting` …). */
export function sightOf(adbState: string | null): AdbSight {
  if (adbState === null) return 'absent';
  if (adbState === 'device') return 'device';
  return adbState === 'unauthorized' || adbState === 'authorizing' ? 'unauthorized' : 'offline';
}
