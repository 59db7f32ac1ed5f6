import type { PhoneHost } from '../parts.ts';
import type { World } from '../world.ts';

export interface InstagramOptions {
  host: PhoneHost;
  world: World;
  /** Of a clone; default: the app's own. */
  package?: string;
  /** The account that is signed in first; `ownAccounts` in cast.ts invents them. */
  account: string;
  /** Further accounts for the switcher. */
  otherAccounts?: readonly string[];
  version: string;
  language: string;
  /** How long music, or a list of it, takes to load. Default 0.3 s. */
  soundMs?: number;
  /** How long an upload takes. Default 1.5 s. */
  uploadMs?: number;
  /**
   * `seeded`: prompts also come by themselves, as in life (contacts on the first start, "Create a sticker" in the first
   * editor, notifications and "Rate Instagram" after a post, a question about an ad). `on-demand`: only by fault switch.
   */
  prompts?: 'seeded' | 'on-demand';
}
