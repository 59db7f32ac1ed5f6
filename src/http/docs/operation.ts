import type { OpenApiDocument, OpenApiOperation } from '../openapi.ts';
import type { JsonSchema } from '../openapi-schema.ts';
import { type Html, html, inline, prose } from './html.ts';
import { fieldsOf, limitsOf, propertiesOf, type Schemas, sampleOf, typeOf } from './schema.ts';

export interface Entry {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

/** Put in place of the address when the page is sent. */
export const baseMark = '__BASE__';

export function operationHtml(document: OpenApiDocument, { method, path, operation }: Entry): Html {
  const schemas = document.components.schemas ?? {};
  const { operationId, summary, description = '' } = operation;
  const parameters = (operation.parameters ?? []).map((one) => dereference(document, one));
  const words = [operationId, method, path, summary, description].join(' ').toLowerCase();
  return html`<article class="operation" id="${operationId}" data-words="${words}">
<h3><a class="anchor" href="#${operationId}">${summary}</a></h3>
<p class="line"><span class="method ${method}">${method.toUpperCase()}</span> <code class="path">${path}</code>${
    typeof operation['x-scope'] === 'string' && html` <span class="scope">scope ${operation['x-scope']}</span>`
  }</p>
${description !== summary && prose(description)}
${parameters.length > 0 && parameterTable(schemas, parameters)}
${bodyHtml(schemas, operation)}
<h4>Try it</h4>
<pre><code>${curlLine(schemas, { method, path, operation }, parameters)}</code></pre>
${answerHtml(schemas, operation)}
${errorsHtml(document, operation)}
</article>`;
}

function parameterTable(schemas: Schemas, parameters: readonly JsonSchema[]): Html {
  return html`<h4>Parameters</h4><div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${parameters.map(
    ({ name, in: where, required, description, schema = {} }) =>
      html`<tr><th scope="row"><code>${String(name)}</code>${required === true && html` <span class="needed">needed</span>`}</th><td>${String(where)}</td><td><span class="type">${typeOf(schemas, schema as JsonSchema)}</span></td><td>${inline(String(description ?? ''))}${limitsOf(schema as JsonSchema)}</td></tr>`,
  )}</tbody></table></div>`;
}

function bodyHtml(schemas: Schemas, { requestBody }: OpenApiOperation): Html {
  const [type, media] = contentOf(requestBody);
  if (!media) return html``;
  const isOptional = requestBody?.required === false;
  return html`<h4>Body <span class="type">${type}${isOptional && ', may be left out'}</span></h4>${fieldsOf(schemas, (media.schema ?? {}) as JsonSchema)}${examplesHtml(media, 'Example')}`;
}

function answerHtml(schemas: Schemas, { responses }: OpenApiOperation): Html {
  const [type, media] = contentOf(responses['200']);
  if (!media) return html``;
  const schema = (media.schema ?? {}) as JsonSchema;
  const { data } = propertiesOf(schema);
  if (type !== 'application/json' || !data) {
    const types = Object.keys((responses['200']?.content ?? {}) as object).join(', ');
    return html`<h4>Answer <span class="type">${types}</span></h4>${prose(String(responses['200']?.description ?? ''))}${fieldsOf(schemas, schema)}`;
  }
  const shown = data.type === 'null' ? html`<p>Nothing: <code>null</code>.</p>` : fieldsOf(schemas, data);
  return html`<h4>Answer <span class="type">data: ${typeOf(schemas, data)}</span></h4>${shown}${examplesHtml(media, 'Example')}`;
}

function examplesHtml(media: JsonSchema, title: string): Html {
  const examples = Object.values((media.examples ?? {}) as Record<string, { summary?: string; value?: unknown }>);
  return html`${examples.map(({ summary = '', value }) => html`<p class="caption">${title}: ${summary}</p><pre><code>${JSON.stringify(value, null, 2)}</code></pre>`)}`;
}

function errorsHtml(document: OpenApiDocument, { responses }: OpenApiOperation): Html {
  const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  if (errors.length === 0) return html``;
  const rows = errors.flatMap(([status, response]) => {
    const [, media] = contentOf(dereference(document, response));
    const examples = Object.values((media?.examples ?? {}) as Record<string, JsonSchema>);
    return examples.map(({ summary, value }) => {
      const { code, message } = value as { code: number; message: string };
      return html`<tr><th scope="row">${code}</th><td>${status}</td><td><code>${String(summary)}</code></td><td>${message}</td></tr>`;
    });
  });
  return html`<details class="errors"><summary>Errors (${rows.length})</summary><div class="scroll"><table><thead><tr><th scope="col">Code</th><th scope="col">HTTP</th><th scope="col">Name</th><th scope="col">What to do</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function curlLine(schemas: Schemas, { method, path, operation }: Entry, parameters: readonly JsonSchema[]): string {
  const inUrl = ({ example, schema = {} }: JsonSchema): string =>
    encodeURIComponent(String(example ?? sampleOf(schemas, schema as JsonSchema)));
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((text, one) => text.replace(`{${String(one.name)}}`, inUrl(one)), path);
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || one.example !== undefined))
    .map((one) => `${String(one.name)}=${inUrl(one)}`);
  const url = quote(`${baseMark}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`);
  const verb = method === 'get' ? [] : [`-X ${method.toUpperCase()}`];
  return ['curl', ...verb, url, ...bodyFlags(schemas, operation)].join(' ');
}

function bodyFlags(schemas: Schemas, { requestBody, responses }: OpenApiOperation): string[] {
  const [answerType] = contentOf(responses['200']);
  if (answerType === 'text/event-stream') return ['-N'];
  const [type, media] = contentOf(requestBody);
  if (!media) return [];
  if (type === 'multipart/form-data') return ["-F 'file=@clip.mp4'"];
  const given = Object.values((media.examples ?? {}) as Record<string, { value?: unknown }>)[0]?.value;
  if (type !== 'application/json') {
    return [
      `-H ${quote(`Content-Type: ${type}`)}`,
      typeof given === 'string' ? `-d ${quote(given)}` : '--data-binary @file',
    ];
  }
  const body = given ?? sampleOf(schemas, (media.schema ?? {}) as JsonSchema);
  return ["-H 'Content-Type: application/json'", `-d ${quote(JSON.stringify(body))}`];
}

/** For a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function contentOf(response: JsonSchema | undefined): [string, JsonSchema | undefined] {
  const [first] = Object.entries((response?.content ?? {}) as Record<string, JsonSchema>);
  return first ?? ['', undefined];
}

function dereference(document: OpenApiDocument, part: JsonSchema): JsonSchema {
  if (typeof part.$ref !== 'string') return part;
  const [, , kind = '', name = ''] = part.$ref.split('/');
  return document.components[kind]?.[name] ?? {};
}
