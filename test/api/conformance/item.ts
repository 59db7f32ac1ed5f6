/** What an item of the list asks, and what a conforming server answers. */
export interface Item {
  /** Its number in the list of documented requests. */
  n: number;
  /** The page it stands on. */
  page: string;
  title: string;
  request: ItemRequest;
  expect: Expectation;
}

export interface ItemRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`; `{pending}` and `{failed}` stand for ids of tasks in that status, made for this item alone. */
  path: string;
  /** As published. `{pending}` in it means an id as well; a text is sent as it is. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Further requests that must be answered alike: other spellings of the same call. */
  also?: readonly Omit<ItemRequest, 'also'>[];
  /** To the server whose plan does not allow the API. */
  isOnStarter?: boolean;
}

export interface Expectation {
  code: number;
  /** Of a create call. */
  created?: number | ExpectedCount;
  /** What is wrong with `data`, or undefined. */
  check?(data: Data, seen: Seen): string | undefined;
}

export type ExpectedCount = (seen: Seen) => number;

/** `data`, read by name. */
export type Data = Readonly<Record<string, unknown>>;

/** What the runner knows beside the answer. */
export interface Seen {
  /** How many enabled accounts live on this device. */
  accountsOn(serial: string): number;
  /** Of a create call: its tasks as `GET /task/{id}` shows them, in the order of their ids. */
  tasks: readonly Data[];
}

/** `undefined` when they are the same, else a sentence. */
export function differs(what: string, got: unknown, wanted: unknown): string | undefined {
  const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
  return left === right ? undefined : `${what} is ${left}, not ${right}`;
}
