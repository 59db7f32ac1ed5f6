import { callItems } from './call-items.ts';
import type { Data, Item, ItemRequest, Seen } from './item.ts';
import { scriptItems } from './script-items.ts';

export const items: readonly Item[] = [...scriptItems, ...callItems];

export interface SuiteOptions {
  base: string;
  token?: string;
  /** A server whose plan is Starter; without one the items that need it are not run. */
  starter?: string;
  /** Every answer passes through it; it may throw. */
  fetch: typeof fetch;
}

export interface ItemResult {
  item: Item;
  /** Undefined: as expected. */
  fault: string | undefined;
  isSkipped: boolean;
}

interface Answer {
  status: number;
  code: number;
  message: string;
  data: Data;
}

const accounts: readonly { username: string; device: string; status?: number; platform?: string }[] = [
  { username: 'my_account1', device: 'device_serial_1' },
  { username: 'my_account2', device: 'device_serial_2' },
  { username: 'user1', device: 'device_1' },
  { username: 'user2', device: 'device_2' },
  { username: 'user3', device: 'device_3' },
  { username: 'user4', device: 'device_4' },
  { username: 'user5', device: 'device_5' },
  { username: 'second.of.one', device: 'device_1' },
  { username: 'second.of.serial', device: 'device_serial_1' },
  // Takes part in nothing.
  { username: 'resting', device: 'device_1', status: 1 },
  { username: 'emulated', device: 'emulator-5554' },
];

/** Runs the documented requests against a server and says of each whether the answer is the documented one. */
export class ConformanceSuite {
  readonly #options: SuiteOptions;
  readonly #made = new Set<number>();
  readonly #accountsOn = new Map<string, number>();

  constructor(options: SuiteOptions) {
    this.#options = options;
  }

  /** The accounts that the samples name. Throws when they cannot be made. */
  async seed(): Promise<void> {
    const reply = await this.#call({ method: 'POST', path: '/accounts/import', body: accounts });
    if (reply.code !== 0 || reply.data.applied !== true) {
      throw new Error(`the accounts could not be made: ${reply.message} ${JSON.stringify(reply.data)}`);
    }
    for (const { device } of accounts) {
      const { data } = await this.#call({ method: 'GET', path: `/accounts?device=${device}&status=0&page_size=100` });
      this.#accountsOn.set(device, Number(data.total));
    }
  }

  async run(onResult: (result: ItemResult) => void = () => {}): Promise<ItemResult[]> {
    const results: ItemResult[] = [];
    for (const item of items) {
      const isSkipped = item.request.isOnStarter === true && this.#options.starter === undefined;
      const result = { item, isSkipped, fault: isSkipped ? undefined : await this.#faultOf(item) };
      onResult(result);
      results.push(result);
    }
    return results;
  }

  /** Deletes what the run has made, accounts aside. */
  async clear(): Promise<void> {
    const ids = [...this.#made];
    if (ids.length > 0) await this.#call({ method: 'DELETE', path: '/task/batch', body: { task_ids: ids } });
  }

  async #faultOf(item: Item): Promise<string | undefined> {
    try {
      for (const request of [item.request, ...(item.request.also ?? [])]) {
        const fault = await this.#faultOfOne(item, request);
        if (fault !== undefined) return fault;
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #faultOfOne({ expect }: Item, request: ItemRequest): Promise<string | undefined> {
    const { status, code, message, data } = await this.#call(await this.#filled(request));
    const what = `${request.method} ${request.path}`;
    if (code !== expect.code) return `${what}: ${code} ${message}`;
    const wanted = expect.code === 0 ? 200 : Math.floor(expect.code / 100);
    if (status !== wanted) return `${what}: status ${status}, not ${wanted}`;
    if (expect.created === undefined) return expect.check?.(data, this.#seen([]));
    const ids = Array.isArray(data.task_ids) ? data.task_ids.map(Number) : [];
    for (const id of ids) this.#made.add(id);
    const tasks: Data[] = [];
    for (const id of ids) tasks.push((await this.#call({ method: 'GET', path: `/task/${id}` })).data);
    const seen = this.#seen(tasks);
    const count = typeof expect.created === 'number' ? expect.created : expect.created(seen);
    if (data.created_count !== count || ids.length !== count) {
      return `${data.created_count} tasks (${ids.length} ids), not ${count}`;
    }
    if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) return `the ids do not ascend: ${ids}`;
    return expect.check?.(data, seen);
  }

  #seen(tasks: readonly Data[]): Seen {
    return { tasks, accountsOn: (serial) => this.#accountsOn.get(serial) ?? 0 };
  }

  /** Puts ids of tasks where the request wants some. */
  async #filled(request: ItemRequest): Promise<ItemRequest> {
    const { method, body, headers, isOnStarter } = request;
    const path = await replaceAll(
      request.path,
      () => this.#pending(),
      () => this.#failed(),
    );
    if (typeof body !== 'object' || body === null || !JSON.stringify(body).includes('{pending}')) {
      return { ...request, path };
    }
    const text = await replaceAll(
      JSON.stringify(body).replaceAll('"{pending}"', '{pending}'),
      () => this.#pending(),
      () => this.#failed(),
    );
    return { method, path, body: JSON.parse(text), ...(headers && { headers }), ...(isOnStarter && { isOnStarter }) };
  }

  /** It never runs: there is no such phone. */
  async #pending(): Promise<number> {
    const body = {
      serials: ['device_serial_1'],
      script_name: 'follow',
      script_config: { target_users: ['@made_for_one_item'] },
    };
    const { data } = await this.#call({ method: 'POST', path: '/task', body });
    const id = Number((data.task_ids as number[])[0]);
    this.#made.add(id);
    return id;
  }

  async #failed(): Promise<number> {
    const id = await this.#pending();
    await this.#call({ method: 'POST', path: `/task/${id}/stop` });
    return id;
  }

  async #call({ method, path, body, headers, isOnStarter }: ItemRequest): Promise<Answer> {
    const { base, starter = base, token, fetch } = this.#options;
    const response = await fetch(`${isOnStarter ? starter : base}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && !isOnStarter && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const { code, message, data } = (await response.json()) as Omit<Answer, 'status'>;
    return { status: response.status, code, message, data };
  }
}

async function replaceAll(
  text: string,
  pending: () => Promise<number>,
  failed: () => Promise<number>,
): Promise<string> {
  let filled = text;
  while (filled.includes('{pending}')) filled = filled.replace('{pending}', String(await pending()));
  while (filled.includes('{failed}')) filled = filled.replace('{failed}', String(await failed()));
  return filled;
}

/** One line an item, and the sum. */
export function tableOf(results: readonly ItemResult[]): string {
  const lines = results.map(({ item, fault, isSkipped }) => {
    const { n, page, title, request, expect } = item;
    const verdict = isSkipped ? 'not run' : fault === undefined ? 'as documented' : `DIFFERS: ${fault}`;
    const what = `${request.method} ${request.path}`;
    return `${String(n).padStart(2)}  ${page.padEnd(26)}${title.padEnd(44)}${what.padEnd(54)}${String(expect.code).padEnd(7)}${verdict}`;
  });
  const good = results.filter(({ fault, isSkipped }) => fault === undefined && !isSkipped).length;
  const skipped = results.filter(({ isSkipped }) => isSkipped).length;
  const more = skipped > 0 ? `, ${skipped} not run (no server with the plan Starter was named)` : '';
  return [...lines, '', `${good} of ${results.length} as documented${more}`].join('\n');
}
