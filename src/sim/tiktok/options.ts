import type { PhoneHost } from '../parts.ts';
import type { World } from '../world.ts';

export interface TikTokOptions {
  host: PhoneHost;
  world: World;
  /** The account that is signed in first; `ownAccounts` in cast.ts invents them. */
  account: string;
  /** Further accounts for the switcher. */
  otherAccounts?: readonly string[];
  /** Of a clone; default: the app's own. */
  package?: string;
  version: string;
  language: string;
  /** How long an upload takes. Default 1.5 s. */
  uploadMs?: number;
  /** How long a sound, or a list of them, takes to load. Default 0.3 s. */
  soundMs?: number;
  /**
   * `seeded`: prompts also come by themselves, as in life (contacts on the first start, notifications after a post, a
   * survey now and then, "Publish video publicly?" before a first post). `on-demand`: only by fault switch.
   */
  prompts?: 'seeded' | 'on-demand';
  /** Asks "Publish video publicly?" before the first post. Default: by seed. */
  confirmsFirstPost?: boolean;
}
