import { Agent, request } from 'undici';
import { DroverError } from '../base/error.ts';
import type { ChatgptSettings } from '../contract/scripts/account-warmup.ts';

/** One whole answer, from the name look-up to the last byte. */
const answerMs = 30_000;
/** A comment is short; whatever is longer is not one. */
const answerBytes = 64 * 1024;
/** Most characters that become a draft: the longest comment that either app takes. */
const longestText = 2_200;

export interface Question {
  settings: ChatgptSettings;
  /** What it is about: the user's part of the conversation. */
  about: string;
}

/** Worth asking again: the other end was busy, slow or out of reach. Anything else will be answered the same way. */
export class ModelUnavailable extends Error {}

/** It answered, but there is no text to use. The message is for a person and names no secret. */
export class ModelRefused extends Error {}

/**
 * Asks an OpenAI-compatible service for one text (`POST {base_url}/chat/completions`, as its public reference describes
 * it). Throws `ModelUnavailable` or `ModelRefused`; the key appears in neither.
 */
export async function askModel({ settings, about }: Question, signal: AbortSignal): Promise<string> {
  let body = bodyOf(settings, about);
  for (let changes = 0; ; changes += 1) {
    const answer = await post(settings, body, signal);
    if (answer.status === 200) return textOf(answer.text);
    const adapted = changes < 2 && answer.status === 400 ? adapt(body, answer.text) : undefined;
    if (!adapted) throw problemOf(answer);
    body = adapted;
  }
}

type Body = Readonly<Record<string, unknown>>;

function bodyOf({ model, prompt, max_tokens, temperature }: ChatgptSettings, about: string): Body {
  const messages = [
    { role: 'system', content: prompt },
    ...(about.trim() === '' || about === prompt ? [] : [{ role: 'user', content: about }]),
  ];
  return { model, messages, max_tokens, temperature };
}

/** Newer models refuse `max_tokens` for `max_completion_tokens`, and some take no temperature: the answer says which. */
function adapt(body: Body, answer: string): Body | undefined {
  const { max_tokens, temperature, ...rest } = body;
  if (max_tokens !== undefined && answer.includes('max_completion_tokens')) {
    return { ...rest, ...(temperature !== undefined && { temperature }), max_completion_tokens: max_tokens };
  }
  if (temperature !== undefined && answer.includes('temperature')) {
    return { ...rest, ...(max_tokens !== undefined && { max_tokens }) };
  }
  return undefined;
}

interface Answer {
  status: number;
  text: string;
}

async function post({ base_url, api_key }: ChatgptSettings, body: Body, signal: AbortSignal): Promise<Answer> {
  const address = addressOf(base_url);
  // One connection a question: nothing is left open, and no redirect is followed.
  const dispatcher = new Agent({ connections: 1, pipelining: 0 });
  try {
    const response = await request(address, {
      method: 'POST',
      dispatcher,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(api_key !== '' && { authorization: `Bearer ${api_key}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
    });
    return { status: response.statusCode, text: await readAtMost(response.body, answerBytes) };
  } catch (cause) {
    if (cause instanceof ModelRefused) throw cause;
    if (signal.aborted) throw new DroverError('server.stopping', { cause });
    throw new ModelUnavailable(`${address.host} did not answer in time or cannot be reached (${nameOf(cause)})`, {
      cause,
    });
  } finally {
    await dispatcher.destroy();
  }
}

function addressOf(baseUrl: string): URL {
  const text = `${baseUrl.replace(/\/+$/, '')}/chat/completions`;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new ModelRefused(`base_url is no http or https address: ${baseUrl.slice(0, 100)}`);
  }
  return new URL(text);
}

async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new ModelRefused(`the answer is longer than ${limit / 1024} KiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function problemOf({ status, text }: Answer): Error {
  const said = saidOf(text);
  const sentence = `the text service answered ${status}${said === '' ? '' : `: ${said}`}`;
  return status === 408 || status === 409 || status === 429 || status >= 500
    ? new ModelUnavailable(sentence)
    : new ModelRefused(sentence);
}

/** Its own words, shortened. Services repeat parts of a wrong key in them, so words that look like one are taken out. */
function saidOf(text: string): string {
  const parsed = parse(text);
  const message = read(read(parsed, 'error'), 'message');
  const words = typeof message === 'string' ? message : '';
  return words
    .replaceAll(/\b(sk|key|pk)-[\w*-]+/gi, '***')
    .replaceAll(/\S{24,}/g, '***')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
}

function textOf(answer: string): string {
  const [choice] = asList(read(parse(answer), 'choices'));
  const message = read(choice, 'message');
  const refusal = read(message, 'refusal');
  if (typeof refusal === 'string' && refusal.trim() !== '') {
    throw new ModelRefused(`the model refused: ${refusal.trim().slice(0, 200)}`);
  }
  const finish = read(choice, 'finish_reason');
  if (finish === 'content_filter') throw new ModelRefused("the service's content filter held the text back");
  const content = read(message, 'content');
  if (typeof content !== 'string') throw new ModelRefused('the answer holds no text');
  const text = plain(content);
  if (text === '') throw new ModelRefused('the answer is empty');
  if (finish === 'length') throw new ModelRefused('the text is cut off: max_tokens is too small for it');
  if (text.length > longestText) throw new ModelRefused(`the text is longer than ${longestText} characters`);
  return text;
}

/** One line, without the quotation marks that models like to put around it. */
function plain(content: string): string {
  const line = content.toWellFormed().replaceAll(/\s+/g, ' ').trim();
  const [, inside] = /^["“„«'](.+)["”“»']$/su.exec(line) ?? [];
  return (inside ?? line).trim();
}

const nameOf = (cause: unknown): string => {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'unknown';
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as an answer without text
  }
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
