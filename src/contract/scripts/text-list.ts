/** Names or URLs in one text, split at newlines and commas, trimmed, empty ones dropped. */
export const splitList = (text: string): string[] => trimList(text.split(/[\n\r,]/));

export const trimList = (list: readonly string[]): string[] =>
  list.map((entry) => entry.trim()).filter((entry) => entry !== '');

/**
 * The documented pair "a list, or one text that may hold several": the list wins when it holds anything. What has the
 * wrong type is handed on as it is, for the schema to name.
 */
export function foldList(list: unknown, ...texts: readonly unknown[]): unknown {
  if (list !== undefined && !isTextList(list)) return list;
  const entries = list === undefined ? [] : trimList(list);
  if (entries.length > 0) return entries;
  for (const text of texts) {
    if (text === undefined) continue;
    if (typeof text !== 'string') return text;
    const split = splitList(text);
    if (split.length > 0) return split;
  }
  return [];
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
