/** Marks that turn the order of letters round: `‮gpj.exe` would read as a picture. */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A name that somebody else has chosen, with what is not seen in it made visible. */
export const visible = (name: string): string =>
  name.replace(turning, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
