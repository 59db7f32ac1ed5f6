import { DroverError } from '../base/error.ts';

/** Deeper than any request of ours; recursion over what passes is safe. */
const deepest = 64;

/** The value of a JSON body; undefined for an empty one. Throws `input.invalid` naming the place. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (text.trim() === '') return undefined;
  if (depthOf(text) > deepest) throw invalid(`the body is nested more than ${deepest} levels deep`);
  try {
    // A key named __proto__ would become the prototype of whatever it is copied to.
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch (cause) {
    throw invalid(`the body is not valid JSON: ${cause instanceof Error ? cause.message : 'it cannot be parsed'}`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    // Takes a byte order mark off, as PowerShell may send one.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('the body is not UTF-8; send JSON in UTF-8');
  }
}

const invalid = (message: string): DroverError => new DroverError('input.invalid', { message, details: { path: '' } });

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') most = Math.max(most, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return most;
}

/** The same text for bodies that say the same, whatever their spacing and the order of their keys. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
}
