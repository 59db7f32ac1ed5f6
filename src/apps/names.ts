/** Names of users, which platforms compare without their case and people write with or without @. */
export const plainName = (name: string): string => name.trim().replace(/^@/, '').toLowerCase();

export const isSameName = (a: string | undefined, b: string): boolean =>
  a !== undefined && plainName(a) === plainName(b);

/** What a page said of its post when it was opened, and what it says now: words may load later than their author. */
export const isSamePost = (then: string | undefined, now: string | undefined): boolean =>
  then === undefined || (now !== undefined && (now.startsWith(then) || then.startsWith(now)));
