import { AgentError, invalidArgument } from './errors.ts';
import type { AgentSession } from './session.ts';

/** One request to a session, as its handler gets it. */
export interface Call {
  readonly session: AgentSession;
  readonly signal: AbortSignal;
  /** The part of the path that stands for `:name`. */
  param(name: string): string;
  readonly body: Body;
}

export type Handler = (call: Call) => unknown;

/** `['POST', '/session/:sessionId/back', handler]` */
export type Route = readonly ['GET' | 'POST' | 'DELETE', string, Handler];

/** A JSON body. Fields that a call needs and does not get are refused in the server's words. */
export class Body {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  fields(): Readonly<Record<string, unknown>> {
    if (this.#text.trim() === '') {
      // Gson makes null of an empty body and the server trips over it
      throw new AgentError(
        'unknown error',
        'java.lang.NullPointerException: Attempt to invoke a method on a null object',
      );
    }
    try {
      const parsed: unknown = JSON.parse(this.#text);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
        return parsed as Record<string, unknown>;
      }
    } catch {
      // told below, in the same words as a body of another type
    }
    throw invalidArgument('com.google.gson.JsonSyntaxException: Expected BEGIN_OBJECT');
  }

  text(model: string, name: string): string {
    const value = this.fields()[name];
    if (value === undefined || value === null) throw missing(model, name);
    if (typeof value === 'object') throw invalidArgument(`Expected a string but was BEGIN_OBJECT at path $.${name}`);
    return String(value);
  }

  number(model: string, name: string): number {
    return numberIn(this.fields(), model, name);
  }
}

export const missing = (model: string, name: string): AgentError =>
  invalidArgument(`${model}: The mandatory field '${name}' is not present in JSON`);

export function numberIn(fields: Readonly<Record<string, unknown>>, model: string, name: string): number {
  const value = fields[name];
  if (value === undefined || value === null) throw missing(model, name);
  const number = typeof value === 'number' ? value : Number(value);
  if (Number.isNaN(number)) throw invalidArgument(`java.lang.NumberFormatException: ${String(value)}`);
  return number;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The id in `{ELEMENT}` or `{element-6066-…}`; undefined when there is none. */
export function elementIdIn(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const id = value['element-6066-11e4-a52e-4f735466cecf'] ?? value.ELEMENT ?? value.element;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
