import type { App } from '../script/define.ts';
import { instagram } from './instagram/app.ts';
import { tiktok } from './tiktok/app.ts';

export const apps: readonly App[] = [tiktok, instagram];
