import { DroverError } from '../base/error.ts';
import type { DeviceInput, DeviceState } from './state.ts';

/** For logs. */
export const nameOf = (state: DeviceState): string =>
  state.is === 'preparing' ? `preparing (${state.rung})` : state.is;

/** Recovery says what went wrong; the ordinary way up has nothing to complain about. */
export function reasonOf(state: DeviceState, reason: string | null): string | null {
  if (state.is === 'ready') return null;
  return state.is === 'preparing' && state.rung === 'start' ? 'starting the automation server' : reason;
}

/** What adb's word means for a person. */
export function adbReason(adbState: string | null): string | null {
  switch (adbState) {
    case null:
      return 'adb does not list it: plug it in, switch on USB debugging';
    case 'device':
      return null;
    case 'offline':
      return 'adb has lost the connection to it';
    case 'unauthorized':
    case 'authorizing':
      return 'accept the debugging prompt on the phone';
    case 'no permissions':
      return 'this user may not open the USB device: add a udev rule or join the group plugdev';
    default:
      return `adb says "${adbState}"`;
  }
}

/** What whoever works with the phone is told when this input took it away. */
export function lossOf(serial: string, input: DeviceInput, reason: string | null): DroverError {
  const details = { serial };
  if (input.is === 'agent-ended' || input.is === 'agent-silent') {
    return new DroverError('phone.agent-down', { message: `${serial}: ${reason ?? 'no answer'}`, details });
  }
  if (input.is === 'disable') {
    // Not the task's fault: what runs is queued again and goes on, looking first, once the phone is enabled.
    return new DroverError('device.lost', { message: `${serial} was disabled by an operator`, details });
  }
  return new DroverError('device.lost', { message: `${serial}: ${reason ?? 'gone'}`, details });
}
