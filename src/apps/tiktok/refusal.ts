import type { ScriptContext } from '../../script/kit.ts';
import { Refusal } from '../refusal.ts';
import { limited } from './dialogs.ts';

/** Told by this app's own notice. */
export const watchRefusal = (ctx: ScriptContext): Refusal => new Refusal(ctx, { notice: limited, platform: 'TikTok' });
