import { describe, expect, test } from 'vitest';
import { said, TextService } from '../../test/support/text-service.ts';
import { askModel, ModelRefused, ModelUnavailable } from './model.ts';

const settings = (base_url: string, change: object = {}) => ({
  api_key: 'sk-very-secret-key-0123456789',
  model: 'small-1',
  prompt: 'Write one short, friendly comment.',
  max_tokens: 60,
  temperature: 0.7,
  base_url,
  ...change,
});

const ask = (service: TextService, about = 'A video of a harbour') =>
  askModel({ settings: settings(service.url), about }, new AbortController().signal);

test('one question in the words of the service, one text back', async () => {
  await using service = await TextService.start(said('  "What a\n calm harbour!" '));
  expect(await ask(service)).toBe('What a calm harbour!');
  expect(service.asked).toEqual([
    {
      path: '/v1/chat/completions',
      authorization: 'Bearer sk-very-secret-key-0123456789',
      body: {
        model: 'small-1',
        max_tokens: 60,
        temperature: 0.7,
        messages: [
          { role: 'system', content: 'Write one short, friendly comment.' },
          { role: 'user', content: 'A video of a harbour' },
        ],
      },
    },
  ]);
});

test('a model that wants max_completion_tokens and no temperature gets what it wants', async () => {
  const refuse = (message: string) => ({ status: 400, body: { error: { message } } });
  await using service = await TextService.start(
    refuse("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
    refuse("Unsupported value: 'temperature' does not support 0.7."),
    said('Nice'),
  );
  expect(await ask(service)).toBe('Nice');
  expect(service.asked.at(-1)?.body).toMatchObject({ max_completion_tokens: 60 });
  expect(service.asked.at(-1)?.body).not.toHaveProperty('max_tokens');
  expect(service.asked.at(-1)?.body).not.toHaveProperty('temperature');
});

describe('there is no text to use', () => {
  test.each([
    ['a refusal', said(null, { refusal: 'I cannot help with that.' }), /refused: I cannot/],
    ['the content filter', said('', { finish: 'content_filter' }), /content filter/],
    ['an empty text', said('   '), /empty/],
    ['a text that is cut off', said('What a', { finish: 'length' }), /cut off/],
    ['a novel', said('long '.repeat(600)), /longer than 2200/],
    ['no choices', { status: 200, body: { choices: [] } }, /no text/],
    ['no JSON', { raw: '<html>hello</html>' }, /no text/],
    ['a huge answer', { raw: 'x'.repeat(80_000) }, /longer than 64 KiB/],
    ['a wrong key', { status: 401, body: { error: { message: 'Incorrect API key: sk-very-s***6789' } } }, /401/],
  ])('%s', async (_, reply, message) => {
    await using service = await TextService.start(reply);
    const failure = await ask(service).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ModelRefused);
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toMatch(/sk-|6789/);
  });

  test('an address that is none', async () => {
    const failure = askModel({ settings: settings('file:///etc/hosts'), about: '' }, new AbortController().signal);
    await expect(failure).rejects.toThrow(/no http or https address/);
  });
});

describe('worth another try', () => {
  test.each([
    ['too many questions', { status: 429, body: { error: { message: 'slow down' } } }, /429: slow down/],
    ['trouble over there', { status: 503, body: {} }, /503/],
    ['a connection that breaks', 'drop' as const, /cannot be reached/],
  ])('%s', async (_, reply, message) => {
    await using service = await TextService.start(reply);
    const failure = await ask(service).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ModelUnavailable);
    expect(String(failure)).toMatch(message);
  });
});

test('the end of the server ends the question', async () => {
  await using service = await TextService.start('hang');
  const over = new AbortController();
  const asking = askModel({ settings: settings(service.url), about: '' }, over.signal);
  over.abort();
  await expect(asking).rejects.toMatchObject({ code: 'server.stopping' });
});
