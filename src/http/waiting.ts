import { type Facts, isSentenceCode, type Sentence, say } from '../contract/sentence.ts';
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
  sentence: Sentence;
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
  const { reason, sentence, until } =
    notYet(task, around) ??
    pausedBy(task, around) ??
    resting(task, around) ??
    phoneObstacle(task.serial, around) ??
    behind(task, around) ??
    planObstacle(around) ??
    ({ reason: 'scheduled', sentence: say('scheduled.now', {}), until: task.dueAt } as const);
  const { code, params, text } = sentence;
  return { reason, code, params, text, until: until === null ? null : isoTime(until, around.zone) };
}

function notYet({ state, dueAt, waitRule, facts }: Task, { now, zone }: Surroundings): Obstacle | undefined {
  if (state === 'held') return { reason: 'review', sentence: say('review.held', {}), until: null };
  if (dueAt <= now) return undefined;
  const when = spokenTime(dueAt, now, zone);
  if (waitRule === null) {
    return {
      reason: 'scheduled',
      sentence: say('scheduled.at', { at: when }, { at: isoTime(dueAt, zone) }),
      until: dueAt,
    };
  }
  const reason = waitRule.startsWith('conduct:') ? 'conduct' : 'scheduled';
  const said = writtenSentence(waitRule, facts);
  return { reason, sentence: { ...said, text: `${said.text}; goes on at ${when}` }, until: dueAt };
}

/** A rule as it was written down with the task; a former version wrote its words alone. */
function writtenSentence(text: string, facts: Facts | null): Sentence {
  const { rule, ...params } = facts ?? {};
  return typeof rule === 'string' && isSentenceCode(rule)
    ? { code: rule, params, text }
    : say('scheduled.because', { reason: text });
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
  return { reason: 'paused', sentence: pauseSentence(pause, { now, zone }), until: null };
}

function pauseSentence(
  { target, account, person, pausedAt }: Pause,
  { now, zone }: Pick<Surroundings, 'now' | 'zone'>,
): Sentence {
  const shown = { by: person === null ? '' : ` by ${person}`, at: spokenTime(pausedAt, now, zone) };
  const params = { at: isoTime(pausedAt, zone), ...(person !== null && { person }) };
  switch (target.scope) {
    case 'all':
      return say('paused.all', shown, params);
    case 'device': {
      const phone = target.serial;
      return say('paused.device', { ...shown, phone }, { ...params, phone });
    }
    case 'account': {
      const username = account?.username ?? '';
      return say('paused.account', { ...shown, account: username }, { ...params, account: username });
    }
  }
}

export function resting(
  { accountId }: Pick<Task, 'accountId'>,
  { restingAccounts, now, zone }: Surroundings,
): Obstacle | undefined {
  const account = accountId === null ? undefined : restingAccounts.get(accountId);
  if (!account) return undefined;
  const { username, isEnabled, pausedUntil } = account;
  if (!isEnabled) return { reason: 'paused', sentence: say('paused.disabled', { account: username }), until: null };
  const until = pausedUntil ?? now;
  return {
    reason: 'conduct',
    sentence: say(
      'conduct.rests',
      { account: username, until: spokenTime(until, now, zone) },
      { account: username, until: isoTime(until, zone) },
    ),
    until,
  };
}

/** Why the phone cannot work now, whoever would have it. */
export function phoneObstacle(serial: string | null, { devices, now, zone }: Surroundings): Obstacle | undefined {
  const because = (reason: WaitingReason, sentence: Sentence): Obstacle => ({ reason, sentence, until: null });
  if (serial === null) return because('phone-offline', say('phone.none', {}));
  const device = devices.get(serial);
  if (!device) return because('phone-offline', say('phone.unseen', { phone: serial }));
  const { state, reason, lastProofAt } = device;
  const shown = {
    phone: serial,
    state,
    why: reason ? `: ${reason}` : '',
    since: lastProofAt === null ? '' : `; last answer at ${spokenTime(lastProofAt, now, zone)}`,
  };
  const params = {
    phone: serial,
    state,
    ...(reason && { reason }),
    ...(lastProofAt !== null && { since: isoTime(lastProofAt, zone) }),
  };
  switch (state) {
    case 'ready':
      return undefined;
    case 'absent':
    case 'offline':
      return because('phone-offline', say('phone.away', shown, params));
    case 'unauthorized':
      return because('phone-unauthorized', say('phone.unauthorized', shown, params));
    default:
      return because('phone-not-ready', say('phone.not-ready', shown, params));
  }
}

/** Somebody has the phone, or another task is first in line for it. */
function behind({ id, serial }: Task, { leases, nextTasks, now }: Surroundings): Obstacle | undefined {
  const lease = serial === null ? undefined : leases.get(serial);
  if (lease?.holder === 'task') {
    const sentence = say('phone.busy', { phone: lease.serial, task: lease.taskId ?? 0 });
    return { reason: 'behind-task', sentence, until: null };
  }
  if (lease && lease.expiresAt > now) {
    const { serial: phone, person } = lease;
    const sentence = say(
      'phone.held',
      { phone, person: person ?? 'a person' },
      { phone, ...(person !== null && { person }) },
    );
    return { reason: 'held-by-person', sentence, until: lease.expiresAt };
  }
  const first = serial === null ? undefined : nextTasks.get(serial);
  if (serial === null || first === undefined || first === id) return undefined;
  return { reason: 'behind-task', sentence: say('phone.queue', { task: first, phone: serial }), until: null };
}

/** As many phones are at work as the plan allows. */
export function planObstacle({ leases, plan }: Surroundings): Obstacle | undefined {
  const running = [...leases.values()].filter(({ holder }) => holder === 'task').length;
  if (running < plan.deviceLimit) return undefined;
  const are = running === 1 ? '1 phone is' : `${running} phones are`;
  const sentence = say('plan.limit', { are, plan: plan.name }, { running, plan: plan.name });
  return { reason: 'plan-limit', sentence, until: null };
}
