import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { TObject, TSchema } from 'typebox';
import type { Operation } from '../../contract/operation.ts';

/** Whoever looks may look at these. */
const readTags = ['Tasks', 'Devices', 'Groups', 'Accounts', 'Media', 'Schedules', 'Review'];
/**
 * What a model may change when it is allowed to: work, not rules. Approving drafts, stating that an account is one's own,
 * settings and tokens are for people.
 */
const changeTags = ['Tasks', 'Schedules'];

/** More text than this is of no use to a model, and much of it is the screens of a trace. */
const longest = 60_000;

export interface OperationTool {
  tool: Tool;
  operation: Operation;
}

/** One tool an operation: what it takes is what the operation takes, in one object, with a JSON body under `body`. */
export function listTools(operations: readonly Operation[], options: { allowChanges: boolean }): OperationTool[] {
  return operations
    .filter((operation) => isOffered(operation, options))
    .map((operation) => ({ operation, tool: toolOf(operation) }));
}

function isOffered({ method, tag, raw, bodyContent }: Operation, { allowChanges }: { allowChanges: boolean }): boolean {
  if (bodyContent !== undefined && bodyContent !== 'application/json') return false;
  if (method === 'GET') return readTags.includes(tag) && (raw === undefined || isShowable(raw.content));
  return allowChanges && changeTags.includes(tag) && raw === undefined;
}

/** A picture or a text that ends. */
const isShowable = (content: readonly string[]): boolean =>
  content.every((type) => ['image/png', 'image/jpeg', 'application/xml'].includes(type));

function toolOf({ id, summary, description, method, params, query, body, isBodyOptional }: Operation): Tool {
  const fields = { ...propertiesOf(params), ...propertiesOf(query), ...(body && { body }) };
  const required = [...requiredOf(params), ...requiredOf(query), ...(body && !isBodyOptional ? ['body'] : [])];
  return {
    name: toolName(id),
    title: summary,
    description: description === undefined ? summary : `${summary}. ${description}`,
    // Plain JSON: what the schemas carry beside it is of no use to a client.
    inputSchema: { type: 'object', properties: JSON.parse(JSON.stringify(fields)), required },
    annotations: {
      title: summary,
      readOnlyHint: method === 'GET',
      destructiveHint: method === 'DELETE',
      idempotentHint: method === 'GET' || method === 'PUT' || method === 'DELETE',
      openWorldHint: method === 'POST',
    },
  };
}

/** `listDevices` → `list_devices`. */
const toolName = (id: string): string => id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const propertiesOf = (schema: TObject | undefined): Record<string, TSchema> => schema?.properties ?? {};

/** What has a default needs not be said. */
const requiredOf = (schema: TObject | undefined): string[] =>
  (schema?.required ?? []).filter((name) => Reflect.get(schema?.properties[name] ?? {}, 'default') === undefined);

/** How the tool's arguments become a request. */
export function requestOf(
  { path, method, params, query, body }: Operation,
  given: Readonly<Record<string, unknown>>,
): { method: string; path: string; body?: unknown } {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given[name] ?? '')));
  const inPath = new Set(Object.keys(propertiesOf(params)));
  const search = new URLSearchParams(
    Object.keys(propertiesOf(query))
      .filter((name) => !inPath.has(name) && given[name] !== undefined && given[name] !== null)
      .map((name): [string, string] => [name, String(given[name])]),
  ).toString();
  return {
    method,
    path: search === '' ? filled : `${filled}?${search}`,
    ...(body && given.body !== undefined && { body: given.body }),
  };
}

/** An error is told to the model, which can do something about it; the words are the API's own. */
export function resultOf(contentType: string, bytes: Uint8Array): CallToolResult {
  const text = () => Buffer.from(bytes).toString('utf8');
  if (contentType.startsWith('image/')) {
    const data = Buffer.from(bytes).toString('base64');
    return { content: [{ type: 'image', data, mimeType: contentType.split(';')[0] ?? contentType }] };
  }
  if (!contentType.startsWith('application/json')) return { content: [{ type: 'text', text: shortened(text()) }] };
  const { code, message, data } = JSON.parse(text()) as { code: number; message: string; data: unknown };
  if (code !== 0) return { isError: true, content: [{ type: 'text', text: `${code}: ${message}` }] };
  return { content: [{ type: 'text', text: shortened(JSON.stringify(data)) }] };
}

const shortened = (text: string): string =>
  text.length <= longest
    ? text
    : `${text.slice(0, longest)}\n… ${text.length - longest} more characters; ask for less, by filters or a smaller page_size`;
