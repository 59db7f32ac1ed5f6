/** What comes between a script and its phone, and when: counted in calls to the phone, so that a seed replays. */
import type { Random } from '../../src/base/random.ts';
import { type Platform, platformPackages } from '../../src/contract/script-names.ts';
import type { AppHouse } from './app-house.ts';

/** Each call to the phone, pictures aside, has two: right before it is made, and right before its answer is heard. */
export interface Moment {
  /** From 1, of the attempts to come, or of what comes after the task's first intent. */
  calls: number;
  after?: 'start' | 'intent';
  /**
   * Wait for the next capture from there on, so that no touch is on its way, nor a link: a page of another post that comes up in
   * the place of the link's own before that was ever seen cannot be told from it. Default: any call.
   */
  only?: 'looks';
}

export interface Strike extends Moment {
  /** Called once. */
  strike: () => void;
}

/** From now on until `house.onCall` is set anew. */
export function atMoments(house: AppHouse, strikes: readonly Strike[]): void {
  let waiting = strikes.map((strike) => ({ ...strike, left: strike.calls }));
  let isLinkOpen = true;
  house.onStep = ({ kind, name }) => {
    if (kind === 'open' && name.startsWith('http')) isLinkOpen = false;
    else if (kind === 'see') isLinkOpen = true;
  };
  house.onCall = ({ name, phase }) => {
    if (name === 'takePicture') return; // taken beside the work
    const hasIntent = house.journal.rows.some(({ taskId }) => taskId === house.taskId);
    const isLook = isLinkOpen && name === 'readHierarchy' && phase === 'before';
    for (const one of waiting) if (hasIntent || one.after !== 'intent') one.left -= 1;
    const due = waiting.filter(({ left, only }) => left <= 0 && (only === undefined || isLook));
    waiting = waiting.filter((one) => !due.includes(one));
    for (const { strike } of due) strike();
  };
}

const places: Readonly<Record<Platform, { origin: string; paths: readonly string[] }>> = {
  tiktok: {
    origin: 'https://www.tiktok.com/',
    paths: ['', '@harbor.kiln', '@noor_repairs', '@no.such.user', '@lena.paints', '@lena.paints/video/1'],
  },
  instagram: {
    origin: 'https://www.instagram.com/',
    paths: ['', 'harbor.kiln/', 'noor_repairs/', 'no.such.user/', 'lena.paints/', 'p/AAAAAAAAAAA/'],
  },
};

/** As when somebody touches a link on the phone. */
export function showLink({ simPhone }: AppHouse, platform: Platform, data: string): void {
  const intent = { action: 'android.intent.action.VIEW', data, package: platformPackages[platform] };
  simPhone.ui.start({ ...intent, categories: [], extras: {}, flags: 0 });
}

/** A page of the app, or of the other one, that has nothing to do with what was asked for. Chosen now, shown when called. */
export function anotherScreen(house: AppHouse, platform: Platform, random: Random): () => void {
  const { origin, paths } = places[platform];
  const post = random.pick(house.world.posts(platform));
  const link = random.pick([...paths.map((path) => `${origin}${path}`), post.url]);
  return () => showLink(house, platform, link);
}
