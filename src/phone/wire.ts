/** One exchange with the phone as traces show it (the shape of `contract/trace`). */
export interface WireEntry {
  /** ISO 8601. */
  at: string;
  direction: 'out' | 'in';
  text: string;
}

/** Long answers (pictures, hierarchies) stand in the trace as files of their own; here their beginning is enough. */
export function shorten(text: string, maxChars = 400): string {
  const line = text.trim();
  if (line.length <= maxChars) return line;
  return `${line.slice(0, maxChars)}… (${line.length} characters)`;
}
