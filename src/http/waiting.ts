import type { Waiting, WaitingReason } from '../contract/task.ts';
import { type Account, listAccounts } from '../store/accounts.ts';
import { type Lease, listLeases } from '../store/leases.ts';
import { listPauses, type Pause } from '../store/pauses.ts';
import { listNextTasks } from '../store/queues.ts';
import type { Task } from '../store/tasks.ts';
import type { DeviceFacts, HttpParts } from './parts.ts';
import { isoTime, spokenTime } from './time.ts';

/** What is true beside the rows of tasks that wait. */
export interface Surroundings {
  now: number;
  zone: string;
  devices: ReadonlyMap<string, DeviceFacts>;
  leases: ReadonlyMap<string, Lease>;
  pauses: readonly Pause[];
  /** Accounts that take no tasks: disabled, or told by the platform to slow down. */
  restingAccounts: ReadonlyMap<number, Pick<Account, 'username' | 'isEnabled' | 'pausedUntil'>>;
  /** By serial: the task that is next in line. */
  nextTasks: ReadonlyMap<string, number>;
  plan: { name: string; deviceLimit: number };
}

/** What keeps a task back, and until when as far as that is known (epoch ms). */
export interface Obstacle {
  reason: WaitingReason;
  text: string;
  until: number | null;
}

/** Read once for a page of tasks. */
export async function readSurroundings(
  parts: HttpParts,
  tasks: readonly Pick<Task, 'serial'>[],
): Promise<Surroundings> {
  const { read } = parts.store;
  const now = parts.clock.now();
  const serials = [...new Set(tasks.flatMap(({ serial }) => serial ?? []))];
  const [leases, pauses, accounts, nextTasks] = await Promise.all([
    listLeases(read),
    listPauses(read),
    listAccounts(read),
    listNextTasks(read, serials, now),
  ]);
  const { plan_name, device_limit } = parts.licence();
  return {
    now,
    zone: parts.settings().timeZone,
    devices: new Map(parts.devices().map((device) => [device.serial, device])),
    leases: new Map(leases.map((lease) => [lease.serial, lease])),
    pauses,
    restingAccounts: new Map(
      accounts
        .filter(({ isEnabled, pausedUntil }) => !isEnabled || (pausedUntil ?? 0) > now)
        .map((account) => [account.id, account]),
    ),
    nextTasks,
    plan: { name: plan_name, deviceLimit: device_limit },
  };
}

/** The first thing, in the order in which they would have to be out of the way, that keeps a pending task from running. */
export function waitingOf(task: Task, around: Surroundings): Waiting {
  const { reason, text, until } =
    notYet(task, around) ??
    pausedBy(task, around) ??
    resting(task, around) ??
    phoneObstacle(task.serial, around) ??
    behind(task, around) ??
    planObstacle(around) ??
    ({ reason: 'scheduled', text: 'due now; starts in a moment', until: task.dueAt } as const);
  return { reason, text, until: until === null ? null : isoTime(until, around.zone) };
}

function notYet({ state, dueAt, waitRule }: Task, { now, zone }: Surroundings): Obstacle | undefined {
  if (state === 'held') return { reason: 'review', text: 'waits for a person to approve it', until: null };
  if (dueAt <= now) return undefined;
  const when = spokenTime(dueAt, now, zone);
  if (waitRule === null) return { reason: 'scheduled', text: `due at ${when}`, until: dueAt };
  const reason = waitRule.startsWith('conduct:') ? 'conduct' : 'scheduled';
  return { reason, text: `${waitRule}; goes on at ${when}`, until: dueAt };
}

/** What people have paused, the widest first. */
export function pausedBy(
  { serial, accountId }: Pick<Task, 'serial' | 'accountId'>,
  { pauses, now, zone }: Surroundings,
): Obstacle | undefined {
  const pause =
    pauses.find(({ target }) => target.scope === 'all') ??
    pauses.find(({ target }) => target.scope === 'device' && target.serial === serial) ??
    pauses.find(({ target }) => target.scope === 'account' && target.accountId === accountId);
  if (!pause) return undefined;
  const what =
    pause.target.scope === 'all'
      ? 'everything'
      : pause.target.scope === 'device'
        ? `phone ${pause.target.serial}`
        : `@${pause.account?.username ?? ''}`;
  const by = pause.person === null ? '' : ` by ${pause.person}`;
  return {
    reason: 'paused',
    text: `${what} was paused${by} at ${spokenTime(pause.pausedAt, now, zone)}, until somebody resumes it`,
    until: null,
  };
}

export function resting(
  { accountId }: Pick<Task, 'accountId'>,
  { restingAccounts, now, zone }: Surroundings,
): Obstacle | undefined {
  const account = accountId === null ? undefined : restingAccounts.get(accountId);
  if (!account) return undefined;
  const { username, isEnabled, pausedUntil } = account;
  if (!isEnabled) return { reason: 'paused', text: `@${username} is disabled`, until: null };
  const until = pausedUntil ?? now;
  return {
    reason: 'conduct',
    text: `conduct: @${username} rests until ${spokenTime(until, now, zone)}, because the platform asked to slow down`,
    until,
  };
}

/** Why the phone cannot work now, whoever would have it. */
export function phoneObstacle(serial: string | null, { devices, now, zone }: Surroundings): Obstacle | undefined {
  const because = (reason: WaitingReason, text: string): Obstacle => ({ reason, text, until: null });
  if (serial === null) return because('phone-offline', 'no phone is known for its account');
  const device = devices.get(serial);
  if (!device) return because('phone-offline', `phone ${serial} has not been seen yet`);
  const since = device.lastProofAt === null ? '' : `; last answer at ${spokenTime(device.lastProofAt, now, zone)}`;
  const why = device.reason ? `: ${device.reason}` : '';
  switch (device.state) {
    case 'ready':
      return undefined;
    case 'absent':
    case 'offline':
      return because('phone-offline', `phone ${serial} is ${device.state}${why}${since}`);
    case 'unauthorized':
      return because('phone-unauthorized', `phone ${serial} has not allowed USB debugging for this computer${why}`);
    default:
      return because('phone-not-ready', `phone ${serial} is ${device.state}${why}${since}`);
  }
}

/** Somebody has the phone, or another task is first in line for it. */
function behind({ id, serial }: Task, { leases, nextTasks, now }: Surroundings): Obstacle | undefined {
  const lease = serial === null ? undefined : leases.get(serial);
  if (lease?.holder === 'task') {
    return { reason: 'behind-task', text: `phone ${serial} is busy with task ${lease.taskId}`, until: null };
  }
  if (lease && lease.expiresAt > now) {
    const text = `phone ${serial} is held by ${lease.person ?? 'a person'}`;
    return { reason: 'held-by-person', text, until: lease.expiresAt };
  }
  const first = serial === null ? undefined : nextTasks.get(serial);
  if (first === undefined || first === id) return undefined;
  return { reason: 'behind-task', text: `task ${first} is before it on phone ${serial}`, until: null };
}

/** As many phones are at work as the plan allows. */
export function planObstacle({ leases, plan }: Surroundings): Obstacle | undefined {
  const running = [...leases.values()].filter(({ holder }) => holder === 'task').length;
  if (running < plan.deviceLimit) return undefined;
  const are = running === 1 ? '1 phone is' : `${running} phones are`;
  return { reason: 'plan-limit', text: `${are} at work, which is the limit of the plan ${plan.name}`, until: null };
}
