import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Sealer } from '../base/seal.ts';
import type { CreateRequest, CreateTaskReply } from '../contract/create-task.ts';
import type { DeviceChange } from '../contract/device.ts';
import type { LicenseCheck } from '../contract/license.ts';
import type { SettingKey } from '../contract/settings.ts';
import type { DeviceSighting } from '../contract/sighting.ts';
import type { Progress } from '../contract/task.ts';
import type { DeviceStateName } from '../contract/task-states.ts';
import type { Trace } from '../contract/trace.ts';
import type { AccountImports } from '../fleet/account-import.ts';
import type { AccountDesk } from '../fleet/accounts.ts';
import type { GroupDesk } from '../fleet/groups.ts';
import type { Inputs } from '../fleet/input.ts';
import type { Logs } from '../fleet/logs.ts';
import type { Transfers } from '../fleet/transfers.ts';
import type { Library } from '../media/library.ts';
import type { ForecastAction, Foresight } from '../rules/forecast.ts';
import type { Licence } from '../rules/licence.ts';
import type { Store } from '../store/store.ts';
import type { TaskChanges } from '../task/change.ts';
import type { TaskPlan } from '../task/create.ts';
import type { PauseOptions, PauseWish } from '../task/pause.ts';
import type { ReviewDesk } from '../task/review-desk.ts';
import type { ScheduleDesk } from '../task/schedule-desk.ts';
import type { Dispatcher } from './webhook/dispatcher.ts';

/** What the border needs of the house. Reads go straight to the store; a change goes to the room that owns its rule. */
export interface HttpParts {
  store: Pick<Store, 'read' | 'write' | 'onHint'>;
  clock: Clock;
  log: Log;
  /** Of Drover. */
  version: string;
  settings(): HttpSettings;
  settingDesk: SettingDesk;
  licence(): LicenseCheck;
  licenceDesk: Pick<Licence, 'machineId' | 'installed' | 'install'>;
  /** Resolves after the commit. */
  createTasks(request: CreateRequest, options: CreateOptions): Promise<CreateTaskReply>;
  /** What that call would make; reads only. */
  planTasks(request: CreateRequest): Promise<TaskPlan>;
  /** What the gate would say to these, in turn. */
  forecast(actions: readonly (ForecastAction | undefined)[]): Promise<Foresight[]>;
  /** What people do to tasks that exist. */
  tasks: Pick<TaskChanges, 'stop' | 'delete' | 'deleteAll' | 'retry' | 'retryAll' | 'reschedule'>;
  pauses: Pauses;
  reviews: Pick<ReviewDesk, 'decide'>;
  accountDesk: Pick<AccountDesk, 'create' | 'change' | 'remove'>;
  accountImports: Pick<AccountImports, 'preview' | 'apply'>;
  groupDesk: Pick<GroupDesk, 'create' | 'change' | 'changeMember' | 'remove'>;
  schedules: Pick<ScheduleDesk, 'create' | 'change' | 'remove' | 'get' | 'preview' | 'nextOf'>;
  devices(): readonly DeviceFacts[];
  /** Resolves after the commit. */
  changeDevice(serial: string, change: DeviceChange, person: string): Promise<void>;
  deviceDesk: DeviceDesk;
  inputs: Pick<Inputs, 'send' | 'readClipboard' | 'writeClipboard' | 'turn'>;
  transfers: Pick<Transfers, 'list' | 'open' | 'put' | 'remove' | 'install'>;
  logs: Pick<Logs, 'follow'>;
  media: Pick<Library, 'intake' | 'change' | 'remove' | 'thumbnail' | 'contentOf'>;
  webhooks: Pick<Dispatcher, 'addresses' | 'wake' | 'test'>;
  /** For what is stored and must not be read there. */
  sealer: Sealer;
  traces: TraceShelf;
  /** Where the build of the console is, or will be. */
  consoleFolder: string;
  /** Where the build of the trace viewer is, or will be. */
  viewerFolder: string;
  /** `ok`, or what is wrong with the adb servers. */
  adbHealth(): string;
}

/** Settings as people see and change them; secrets read ***. */
export interface SettingDesk {
  list(): readonly { key: SettingKey; value: unknown; origin: 'default' | 'changed' }[];
  /** All or nothing, resolves after the commit. Throws `input.invalid` naming key and bounds. */
  change(values: Readonly<Record<string, unknown>>, person: string): Promise<void>;
}

export interface Pauses {
  /** Resolves after the commit with the ids of the tasks that were stopped. */
  pause(wish: PauseWish, options: PauseOptions): Promise<number[]>;
  /** Resolves after the commit. */
  resume(wish: PauseWish, person: string): Promise<void>;
}

/** What people do with phones, and how they look at them. */
export interface DeviceDesk {
  /** Throws `device.held` while a task or another person has it. */
  reconnect(serial: string, person: string): Promise<void>;
  /** Resolves after the commit. */
  switchDevice(serial: string, wish: { disabled: boolean; person: string }): Promise<void>;
  /** Throws `device.held`. `expiresAt` in epoch ms. */
  hold(serial: string, person: string): Promise<{ token: number; expiresAt: number }>;
  release(serial: string, caller: { person: string; isAdmin: boolean }): Promise<void>;
  /** PNG. Throws `device.not-ready` with the reason, as the next three do. */
  picture(serial: string): Promise<Uint8Array>;
  hierarchy(serial: string): Promise<string>;
  sighting(serial: string): Promise<Omit<DeviceSighting, 'serial'>>;
  /** Tells of every whole part of the multipart stream from now on. Returns what ends it; `onEnd` is not told of that. */
  watch(serial: string, viewer: { onPart(part: Buffer): void; onEnd(): void }): () => void;
}

export interface HttpSettings {
  /** IANA name. */
  timeZone: string;
  /** `api.always_http_200`: errors, too, answer with the status 200. */
  alwaysHttp200: boolean;
  access: AccessSettings;
}

export interface AccessSettings {
  authRequired: 'beyond-loopback' | 'always';
  corsOrigins: readonly string[];
  perMinute: number;
  perMinuteLocal: number;
}

export interface CreateOptions {
  source: 'ui' | 'api';
  idempotency?: { key: string; bodyHash: string };
}

/** A device as the fleet sees it now. What is left out is not known. */
export interface DeviceFacts {
  serial: string;
  state: DeviceStateName;
  adbState: string | null;
  reason: string | null;
  /** Epoch ms. */
  lastProofAt: number | null;
  model: string | null;
  android: string | null;
  virtual: boolean;
  battery?: { level: number | null; temperatureC: number | null; charging: boolean | null } | null;
  storageFreeMb?: number | null;
  apps?: readonly { package: string; version: string | null }[];
}

export interface TraceShelf {
  readTrace(taskId: number): Promise<Trace>;
  openPicture(taskId: number, name: string): Promise<{ mime: string; content: Uint8Array } | undefined>;
  progressOf(taskId: number): Progress | undefined;
}
