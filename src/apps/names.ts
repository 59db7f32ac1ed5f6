/** Names of users, which platforms compare without their case and people write with or without @. */
export const plainName = (name: string): string => name.trim().replace(/^@/, '').toLowerCase();

export const isSameName = (a: string | undefined, b: string): boolean =>
  a !== undefined && plainName(a) === plainName(b);
