import { DroverError, hasCode } from '../base/error.ts';
import type { CreateRequest } from '../contract/create-task.ts';
import type { NewSchedule, ScheduleChange } from '../contract/schedule.ts';
import { type ScriptConfig, scriptInputs } from '../contract/script-inputs.ts';
import type { ScriptName } from '../contract/script-names.ts';
import { keepSecrets } from '../contract/secret.ts';
import {
  deleteSchedule,
  findSchedule,
  insertSchedule,
  type Schedule,
  type ScheduleUpdate,
  updateSchedule,
} from '../store/schedules.ts';
import type { Reader, Store } from '../store/store.ts';
import { type CreateRules, planTasks } from './create.ts';
import { checkZone, nextInstants, parseCron } from './cron.ts';
import { bodyOf, configOf, readScheduleBody } from './schedule-body.ts';

export interface ScheduleDeskParts {
  store: Store;
  rules: CreateRules;
  clock: { now(): number };
  /** Secrets in a config are never on disk in the clear. */
  seal(scriptName: ScriptName, config: ScriptConfig): ScriptConfig;
  open(scriptName: ScriptName, config: ScriptConfig): ScriptConfig;
}

/** What was written, and which keys of the body nobody reads. */
export interface ChangedSchedule {
  schedule: Schedule;
  unknownKeys: readonly string[];
}

/** How far ahead a schedule is shown. */
const shown = 10;

/** Where people make and change schedules. Everything resolves after the commit. */
export class ScheduleDesk {
  readonly #parts: ScheduleDeskParts;

  constructor(parts: ScheduleDeskParts) {
    this.#parts = parts;
  }

  /** Throws what a create call throws for the body, and `input.invalid` for cron and time zone. */
  async create(wanted: NewSchedule, person: string): Promise<ChangedSchedule> {
    const { store, rules } = this.#parts;
    const timeZone = wanted.time_zone ?? rules.settings().timeZone;
    checkZone(timeZone);
    const cron = parseCron(wanted.cron);
    const { request, unknownKeys } = readScheduleBody(wanted.body);
    const enabled = wanted.enabled ?? true;
    const schedule = await store.write(async (tx) => {
      await this.#rehearse(tx.db, request, timeZone, tx.now);
      return insertSchedule(
        tx,
        {
          name: wanted.name.trim(),
          cron: cron.text,
          timeZone,
          missedRule: wanted.missed_rule ?? 'skip',
          body: this.#seal(request),
          enabled,
          nextAt: enabled ? (nextInstants(cron, timeZone, tx.now, 1)[0] ?? null) : null,
        },
        person,
      );
    });
    return { schedule, unknownKeys };
  }

  /** What is left out stays. Instants that have passed are not made up for when a schedule is changed or switched on. */
  async change(id: number, change: ScheduleChange, person: string): Promise<ChangedSchedule> {
    const { store } = this.#parts;
    if (change.time_zone !== undefined) checkZone(change.time_zone);
    if (change.cron !== undefined) parseCron(change.cron);
    return store.write(async (tx) => {
      const before = await findSchedule(tx.db, id);
      if (!before) throw notFound(id);
      const timeZone = change.time_zone ?? before.timeZone;
      const cron = parseCron(change.cron ?? before.cron);
      const enabled = change.enabled ?? before.enabled;
      const read = change.body && readScheduleBody(change.body);
      const update: ScheduleUpdate = {
        ...(change.name !== undefined && { name: change.name.trim() }),
        ...(change.missed_rule !== undefined && { missedRule: change.missed_rule }),
        cron: cron.text,
        timeZone,
        enabled,
      };
      if (read) {
        await this.#rehearse(tx.db, read.request, timeZone, tx.now);
        update.body = this.#seal(read.request, before);
      }
      const isRetimed = cron.text !== before.cron || timeZone !== before.timeZone || enabled !== before.enabled;
      if (isRetimed) {
        update.nextAt = enabled ? (nextInstants(cron, timeZone, tx.now, 1)[0] ?? null) : null;
        update.lastError = null;
      }
      const schedule = await updateSchedule(tx, id, update, { event: 'changed', person });
      if (!schedule) throw notFound(id);
      return { schedule, unknownKeys: read?.unknownKeys ?? [] };
    });
  }

  /** The tasks it made stay. Throws `input.not-found`. */
  async remove(id: number, person: string): Promise<void> {
    if (!(await this.#parts.store.write((tx) => deleteSchedule(tx, id, person)))) throw notFound(id);
  }

  /** Throws `input.not-found`. */
  async get(id: number): Promise<Schedule> {
    const schedule = await findSchedule(this.#parts.store.read, id);
    if (!schedule) throw notFound(id);
    return schedule;
  }

  /** The next ten instants of an expression, as a schedule would have them. */
  preview({ cron, time_zone }: { cron: string; time_zone?: string }): {
    cron: string;
    timeZone: string;
    next: number[];
  } {
    const timeZone = time_zone ?? this.#parts.rules.settings().timeZone;
    checkZone(timeZone);
    const recurrence = parseCron(cron);
    return {
      cron: recurrence.text,
      timeZone,
      next: nextInstants(recurrence, timeZone, this.#parts.clock.now(), shown),
    };
  }

  /** Empty when it is off, or when this version cannot read its expression. */
  nextOf({ cron, timeZone, enabled }: Schedule): number[] {
    if (!enabled) return [];
    try {
      return nextInstants(parseCron(cron), timeZone, this.#parts.clock.now(), shown);
    } catch (thrown) {
      if (hasCode(thrown, 'input.invalid')) return [];
      throw thrown;
    }
  }

  /** A call that could not be carried out today is refused now, not in the night. */
  async #rehearse(db: Reader, request: CreateRequest, timeZone: string, now: number): Promise<void> {
    await planTasks(db, this.#parts.rules, { ...request, timeZone: request.timeZone ?? timeZone }, now);
  }

  /** Secrets that came back masked are those of `before`. */
  #seal(request: CreateRequest, before?: Schedule): Record<string, unknown> {
    const { scriptName } = request;
    const { schema } = scriptInputs[scriptName];
    const former = before && configOf(before.body);
    const kept = former?.scriptName === scriptName ? this.#parts.open(scriptName, former.config) : {};
    const plain = keepSecrets(schema, request.config, kept) as ScriptConfig;
    return bodyOf({ ...request, config: this.#parts.seal(scriptName, plain) });
  }
}

const notFound = (id: number): DroverError =>
  new DroverError('input.not-found', { message: `there is no schedule ${id}`, details: { schedule: id } });
