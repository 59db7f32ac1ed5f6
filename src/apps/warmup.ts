import type { Script } from '../script/define.ts';
import type { EffectEnd } from '../script/effect.ts';
import type { ScriptContext } from '../script/kit.ts';
import { chooseComment } from './comment-text.ts';
import { chooseTopic, planVideo, WarmupTally } from './warmup-plan.ts';

export type WarmupInput = Parameters<Script<'account_warmup'>['run']>[1];

/** What is watched: who made it, and what changes with it and with nothing else. */
interface Watchable {
  author: string;
  identity: string;
}

/** Watches one after the other until its time is over, and now and then does something; how, its app says. */
export abstract class Warmup<Video extends Watchable> {
  protected readonly ctx: ScriptContext;
  protected readonly input: WarmupInput;
  protected readonly tally = new WarmupTally();
  #commented = 0;
  #endMs = 0;

  constructor(ctx: ScriptContext, input: WarmupInput) {
    this.ctx = ctx;
    this.input = input;
  }

  /** What the app calls its stream, and one of it. */
  protected abstract readonly words: { readonly stream: string; readonly one: string };
  protected abstract readOwnName(): Promise<void>;
  protected abstract openStream(): Promise<void>;
  protected abstract openTopic(topic: string): Promise<void>;
  /** Undefined: what is in front is passed over (an ad, somebody on air, what is liked already). */
  protected abstract readCurrent(): Promise<Video | undefined>;
  /** False when there is none after it. */
  protected abstract swipeOn(before: string | undefined): Promise<boolean>;
  protected abstract like(video: Video): Promise<EffectEnd>;
  protected abstract favourite(video: Video): Promise<EffectEnd>;
  protected abstract comment(video: Video): Promise<void>;
  protected abstract follow(video: Video): Promise<void>;

  async run(): Promise<void> {
    const { ctx, input, words } = this;
    const totalMs = input.task_duration * 1_000;
    this.#endMs = ctx.elapsedMs + totalMs;
    if (input.comment_probable > 0) await ctx.step('read the own name', () => this.readOwnName());
    const topic = chooseTopic(input.topic, ctx);
    if (topic === undefined) await this.#openStream();
    else await ctx.step(`open the topic ${topic}`, () => this.openTopic(topic));
    while (this.leftMs > 0) {
      ctx.progress(String(this.tally), Math.floor(100 * (1 - this.leftMs / totalMs)));
      const video = await this.readCurrent();
      if (video) await this.#watch(video);
      else this.tally.add('skipped');
      if (this.leftMs === 0) break;
      // results end; the stream does not
      if (!(await ctx.step(`next ${words.one}`, () => this.swipeOn(video?.identity)))) await this.#openStream();
    }
    ctx.progress(String(this.tally), 100);
  }

  /** Until the task is over; 0 from then on. No gap is waited for that is longer. */
  protected get leftMs(): number {
    return Math.max(0, this.#endMs - this.ctx.elapsedMs);
  }

  protected count(end: EffectEnd, what: 'liked' | 'followed' | 'favourited' | 'commented'): void {
    if (end === 'done') this.tally.add(what);
    else if (end !== 'already') this.tally.add('refused');
  }

  /** The next comment of the task; undefined where it has none. */
  protected nextComment(): string | undefined {
    const { comment: lines, comment_order: order, insert_emoji: insertEmoji } = this.input;
    const text = chooseComment({ lines, order, insertEmoji }, this.ctx.position + this.#commented, this.ctx);
    if (text !== undefined) this.#commented += 1;
    return text;
  }

  async #openStream(): Promise<void> {
    await this.ctx.step(`open ${this.words.stream}`, () => this.openStream());
  }

  async #watch(video: Video): Promise<void> {
    const plan = planVideo(this.input, this.ctx);
    await this.ctx.wait(`watch ${video.author}`, Math.min(plan.watchMs, this.leftMs));
    this.tally.add('watched');
    if (plan.like) this.count(await this.like(video), 'liked');
    if (plan.favourite) this.count(await this.favourite(video), 'favourited');
    if (plan.comment) await this.comment(video);
    if (plan.follow) await this.follow(video);
  }
}
