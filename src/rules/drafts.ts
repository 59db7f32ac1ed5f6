import { type Clock, sleep } from '../base/clock.ts';
import { toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { ChatgptSettings } from '../contract/scripts/account-warmup.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { changeReview, findReview, insertReview, listOpenDrafts } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';
import { askModel, ModelRefused, ModelUnavailable, type Question } from './model.ts';

export interface DraftInput {
  /** Of the task that proposes it: its account, phone and model settings are the draft's. */
  taskId: number;
  serial: string;
  /** Null while nobody knows who is logged in. */
  username: string | null;
  kind: EffectKind;
  target: string;
  prompt: string;
}

/**
 * What a draft's review item holds. `asking`: the model has not answered yet; `ready`: there is a text; `failed`: there
 * will be none, and `problem` says why. A person may write another text in each of them.
 */
export interface DraftBody extends Record<string, unknown> {
  text: string;
  kind: EffectKind;
  target: string;
  prompt: string;
  serial: string;
  username: string | null;
  state: 'asking' | 'ready' | 'failed';
  content: string | null;
  problem: string | null;
}

export interface DraftParts {
  store: Store;
  clock: Clock;
  log: Log;
  /** The task's own model settings, opened; undefined when the task is gone. */
  modelOf(taskId: number): Promise<ChatgptSettings | undefined>;
  /** Only tests hand another one in. */
  ask?: (question: Question, signal: AbortSignal) => Promise<string>;
}

/** Before the second and the third try. */
const pausesMs = [2_000, 20_000];

/**
 * Texts that a model is asked for. They wait for a person, and no script ever gets one back. The item is on disk before the
 * model is asked, one question at a time; questions that a former process left open are asked at the next start.
 */
export class ReviewDrafts {
  readonly #parts: DraftParts;
  readonly #over = new AbortController();
  #asking: Promise<void> | undefined;
  #isWanted = false;

  constructor(parts: DraftParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#wake();
  }

  /** What is being asked is given up, and asked again after the next start. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#asking;
  }

  /** Resolves with the id of the review item, after its commit; the text comes later. */
  async propose({ taskId, serial, username, kind, target, prompt }: DraftInput): Promise<number> {
    const body: DraftBody = {
      text: `A ${kind} on ${target} as ${username === null ? `whoever is logged in on ${serial}` : `@${username}`} is proposed.`,
      ...{ kind, target, prompt, serial, username },
      ...{ state: 'asking', content: null, problem: null },
    };
    const id = await this.#parts.store.write((tx) => insertReview(tx, { kind: 'draft', taskId, body }));
    this.#wake();
    return id;
  }

  /** Resolves when every open question has its answer: for tests, and for an orderly end. */
  async settled(): Promise<void> {
    while (this.#asking) await this.#asking;
  }

  #wake(): void {
    this.#isWanted = true;
    if (this.#asking || this.#over.signal.aborted) return;
    this.#asking = this.#askAll().finally(() => {
      this.#asking = undefined;
      if (this.#isWanted) this.#wake();
    });
  }

  async #askAll(): Promise<void> {
    const { store, log } = this.#parts;
    this.#isWanted = false;
    try {
      for (const { id, taskId, body } of await listOpenDrafts(store.read)) {
        if (this.#over.signal.aborted) return;
        if (body.state === 'asking') await this.#answer(id, taskId, body as DraftBody);
      }
    } catch (thrown) {
      const { code } = toDroverError(thrown);
      if (code !== 'server.stopping') log.error({ code, error: thrown }, 'drafts could not be written');
    }
  }

  async #answer(id: number, taskId: number | null, body: DraftBody): Promise<void> {
    const { store, log } = this.#parts;
    const outcome = await this.#ask(taskId, body);
    if (!outcome) return; // stopped: asked again after the next start
    await store.write(async (tx) => {
      const item = await findReview(tx.db, id);
      if (item?.decidedAt === null) await changeReview(tx, id, { ...item.body, ...outcome });
    });
    log.info({ review: id, task: taskId, state: outcome.state }, 'a draft was asked for');
  }

  async #ask(
    taskId: number | null,
    { prompt }: DraftBody,
  ): Promise<Pick<DraftBody, 'state' | 'content' | 'problem'> | undefined> {
    const { clock, modelOf, ask = askModel } = this.#parts;
    let settings: ChatgptSettings | undefined;
    try {
      settings = taskId === null ? undefined : await modelOf(taskId);
    } catch (thrown) {
      const error = toDroverError(thrown);
      if (error.code === 'server.stopping') return undefined;
      // A key that cannot be opened any more, say: told to the person, and no other question waits behind it.
      return failed(`its model settings cannot be read: ${error.message}`);
    }
    if (!settings) return failed('the task that proposed it is gone, and its model settings with it');
    for (let tries = 0; ; tries += 1) {
      try {
        return { state: 'ready', content: await ask({ settings, about: prompt }, this.#over.signal), problem: null };
      } catch (thrown) {
        if (this.#over.signal.aborted) return undefined;
        if (thrown instanceof ModelRefused) return failed(thrown.message);
        if (!(thrown instanceof ModelUnavailable)) throw thrown;
        const pauseMs = pausesMs[tries];
        if (pauseMs === undefined) return failed(thrown.message);
        const isStopped = await sleep(clock, pauseMs, this.#over.signal).then(
          () => false,
          () => true,
        );
        if (isStopped) return undefined;
      }
    }
  }
}

const failed = (problem: string): Pick<DraftBody, 'state' | 'content' | 'problem'> => ({
  state: 'failed',
  content: null,
  problem,
});
