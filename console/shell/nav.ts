import type { IconName } from './icons.tsx';

/** The pages of the navigation, in order. `key` is the second key after `g`. */
export const pages = [
  { id: 'wall', path: '/', icon: 'wall', key: 'w' },
  { id: 'tasks', path: '/tasks', icon: 'tasks', key: 't' },
  { id: 'review', path: '/review', icon: 'review', key: 'r' },
  { id: 'accounts', path: '/accounts', icon: 'accounts', key: 'a' },
  { id: 'media', path: '/media', icon: 'media', key: 'm' },
  { id: 'schedules', path: '/schedules', icon: 'schedules', key: 's' },
  { id: 'settings', path: '/settings', icon: 'settings', key: 'e' },
  { id: 'access', path: '/access', icon: 'key', key: 'x' },
  { id: 'audit', path: '/audit', icon: 'log', key: 'l' },
] as const satisfies readonly { id: string; path: string; icon: IconName; key: string }[];

export type PageId = (typeof pages)[number]['id'];

export const isHere = (path: string, location: string): boolean =>
  path === '/' ? location === '/' || location.startsWith('/devices/') : location.startsWith(path);
