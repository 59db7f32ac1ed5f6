import type { Random } from '../base/random.ts';

/** The phone's process table: what `ps` and `pidof` show. */
export class Processes {
  readonly #pids = new Map<string, number>();
  readonly #random: Random;
  #lastPid: number;

  constructor(random: Random) {
    this.#random = random;
    this.#lastPid = 800 + random.int(0, 200);
    this.#pids.set('init', 1);
    for (const name of ['zygote64', 'system_server', 'com.android.systemui', 'com.android.phone', 'adbd']) {
      this.start(name);
    }
  }

  /** Its pid; a process that runs already keeps the one it has. */
  start(name: string): number {
    const running = this.#pids.get(name);
    if (running !== undefined) return running;
    this.#lastPid += this.#random.int(1, 40);
    this.#pids.set(name, this.#lastPid);
    return this.#lastPid;
  }

  stop(name: string): boolean {
    return this.#pids.delete(name);
  }

  list(): { pid: number; name: string }[] {
    return [...this.#pids].map(([name, pid]) => ({ pid, name }));
  }
}
