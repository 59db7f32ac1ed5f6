import { type Data, differs, type Expectation, type Item, type ItemRequest, type Seen } from './item.ts';

type Check = NonNullable<Expectation['check']>;

export const get = (path: string): ItemRequest => ({ method: 'GET', path });
export const post = (path: string, body?: unknown): ItemRequest => ({
  method: 'POST',
  path,
  ...(body !== undefined && { body }),
});
export const del = (path: string, body?: unknown): ItemRequest => ({
  method: 'DELETE',
  path,
  ...(body !== undefined && { body }),
});

/** A documented body of `POST /task`. */
export interface CreateBody {
  serials?: readonly string[];
  usernames?: readonly string[];
  script_name?: string;
  script_config?: Readonly<Record<string, unknown>>;
  enable_multi_account?: boolean;
  start_time?: string;
  min_interval?: number;
  max_interval?: number;
}

/** The scripts that the server supports so far; the others of the list are refused as not supported. */
const built: readonly string[] = ['post', 'follow', 'unfollow', 'account_warmup', 'comment'];

/** A create call: how many tasks it makes follows from what it says, and each task must say the same. */
export function creates(
  n: number,
  page: string,
  title: string,
  body: CreateBody,
  more: Partial<Expectation> = {},
): Item {
  const request = post('/task', body);
  if (!built.includes(body.script_name ?? '')) {
    const spellings = body.script_name === 'match_accounts' ? [{ ...body, script_name: 'match_account' }] : [];
    const also = spellings.map((spelling) => post('/task', spelling));
    return { n, page, title, request: { ...request, also }, expect: { code: 40003 } };
  }
  const { check, ...rest } = more;
  return {
    n,
    page,
    title,
    request,
    expect: {
      code: 0,
      created: (seen) => executorsOf(body, seen) * Math.max(1, targetsOf(body).length),
      check: (data, seen) => tasksFit(body, seen) ?? check?.(data, seen),
      ...rest,
    },
  };
}

function executorsOf({ usernames = [], serials = [], enable_multi_account }: CreateBody, seen: Seen): number {
  if (usernames.length > 0) return usernames.length;
  if (!enable_multi_account) return serials.length;
  return serials.reduce((sum, serial) => sum + seen.accountsOn(serial), 0);
}

/** Whichever of the documented spellings decides. */
function targetsOf({ script_name, script_config: config = {} }: CreateBody): string[] {
  const spellings =
    script_name === 'comment'
      ? [config.target_post_urls, config.target_post_url]
      : [config.target_users, config.target_user, config.target_username];
  const lists = spellings.map((value) =>
    (Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[\n,]/) : []).map((one) =>
      String(one).trim(),
    ),
  );
  return lists.find((list) => list.some((one) => one !== '')) ?? [];
}

function tasksFit(body: CreateBody, { tasks }: Seen): string | undefined {
  const { usernames = [], serials = [], script_name, start_time } = body;
  const targets = targetsOf(body);
  for (const [index, task] of tasks.entries()) {
    const config = task.script_config as Data;
    const own = targets[index % Math.max(1, targets.length)];
    const key = script_name === 'comment' ? 'target_post_urls' : 'target_users';
    const wrong =
      differs('script_name', task.script_name, script_name) ??
      differs('status', [task.status, task.status_text], [0, 'pending']) ??
      differs('source', task.source, 'api') ??
      (usernames.length > 0
        ? differs('username', task.username, usernames[Math.floor(index / Math.max(1, targets.length))])
        : serials.includes(String(task.serial))
          ? undefined
          : `serial is ${task.serial}`) ??
      (body.enable_multi_account && usernames.length === 0 && typeof task.username !== 'string'
        ? 'a task of several accounts names none'
        : undefined) ??
      (own === undefined ? undefined : differs(key, config[key], [own])) ??
      (start_time === undefined
        ? undefined
        : differs('start_time', String(task.start_time).slice(11), `${start_time}:00`)) ??
      configFits(body.script_config ?? {}, config);
    if (wrong) return `task ${task.id}: ${wrong}`;
  }
  return undefined;
}

/** What was sent is what the task says; secrets read ***. */
function configFits(sent: Data, got: Data): string | undefined {
  for (const [key, value] of Object.entries(sent)) {
    if (key.startsWith('target_')) continue;
    if (key === 'chatgpt_settings') {
      const { api_key, ...rest } = got[key] as Data;
      const wrong = differs('api_key', api_key, '***');
      if (wrong) return wrong;
      for (const [name, one] of Object.entries(value as Data)) {
        if (name !== 'api_key' && rest[name] !== one) return differs(name, rest[name], one);
      }
      continue;
    }
    const wanted = key === 'add_sound' ? String(value) : value;
    const wrong = differs(key, got[key], wanted);
    if (wrong) return wrong;
  }
  return undefined;
}

const taskFields = ['id', 'serial', 'username', 'script_name', 'script_config', 'enable_multi_account', 'status'];
const moreFields = ['status_text', 'source', 'start_time', 'end_time', 'retry_count', 'remark', 'create_time'];

export const isTask = (data: Data): string | undefined => {
  const missing = [...taskFields, ...moreFields].find((field) => !(field in data));
  return missing === undefined ? undefined : `a task without ${missing}`;
};

/** A page of tasks, newest first, all of the status asked for. */
export function isTaskPage(wanted: { page?: number; page_size?: number; status?: number }): Check {
  const { page = 1, page_size = 20, status } = wanted;
  return (data) => {
    const tasks = data.tasks as Data[];
    if (!Array.isArray(tasks) || !Number.isInteger(data.total)) return 'no list with a total';
    const ids = tasks.map(({ id }) => Number(id));
    const [fault] = tasks.map(isTask).filter(Boolean);
    return (
      fault ??
      differs('page', [data.page, data.page_size], [page, page_size]) ??
      differs(
        'the order',
        ids,
        [...ids].sort((a, b) => b - a),
      ) ??
      (tasks.length <= page_size ? undefined : `${tasks.length} tasks on a page of ${page_size}`) ??
      (status === undefined || tasks.every((task) => task.status === status) ? undefined : 'a task of another status')
    );
  };
}

const accountFields = ['id', 'username', 'email', 'platform', 'packagename', 'device', 'device_online', 'device_name'];
const moreAccountFields = ['logined', 'logined_text', 'status', 'status_text', 'tags'];

export function isAccountPage(page_size: number, fits: (account: Data) => boolean): Check {
  return (data) => {
    const accounts = data.accounts as Data[];
    if (!Array.isArray(accounts) || !Number.isInteger(data.total)) return 'no list with a total';
    const fields = [...accountFields, ...moreAccountFields];
    const missing = accounts.flatMap((account) => fields.filter((field) => !(field in account)));
    const secret = accounts.flatMap((account) => Object.keys(account).filter((key) => /pass/i.test(key)));
    return (
      differs('page', [data.page, data.page_size], [1, page_size]) ??
      differs('what is missing', missing, []) ??
      differs('what should not be there', secret, []) ??
      (accounts.every(fits) ? undefined : 'an account that does not fit the filter')
    );
  };
}

/** The counts add up. */
export const areStats: Check = ({ total, pending, running, completed, failed }) => {
  const numbers = [total, pending, running, completed, failed];
  if (!numbers.every((one) => Number.isInteger(one))) return `not five numbers: ${JSON.stringify(numbers)}`;
  return differs('total', total, Number(pending) + Number(running) + Number(completed) + Number(failed));
};
