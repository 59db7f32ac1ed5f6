import type { OpenApiDocument } from '../openapi.ts';
import { Html, html, prose } from './html.ts';
import { type Entry, operationHtml } from './operation.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** Put in place of the nonce when the page is sent. */
export const nonceMark = '__NONCE__';

/** The whole document as one page without anything from elsewhere. */
export function docsPage(document: OpenApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ path, method, operation })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    entries: entries.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const { title, version, description } = document.info;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API ${version}</title>
<style nonce="${nonceMark}">${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the operations</a>
<header>
<p class="brand">${title} <span>API ${version}</span></p>
<label for="search" class="hidden">Search operations</label>
<input id="search" type="search" placeholder="Search operations (press /)" autocomplete="off" spellcheck="false">
<p id="found" role="status" class="found"></p>
<a href="/openapi.json">openapi.json</a>
</header>
<nav aria-label="Operations">${groups.map(
    ({ name, entries: here }) =>
      html`<section class="group"><h2><a href="#tag-${slug(name)}">${name}</a></h2><ul>${here.map(
        ({ method, operation }) =>
          html`<li data-for="${operation.operationId}"><a href="#${operation.operationId}"><span class="method ${method}">${method.toUpperCase()}</span>${operation.summary}</a></li>`,
      )}</ul></section>`,
  )}</nav>
<main id="content" tabindex="-1">
<section class="intro"><h1>${title} API</h1>${prose(description)}</section>
${groups.map(
  ({ name, description: about, entries: here }) =>
    html`<section class="tag"><h2 id="tag-${slug(name)}">${name}</h2><p class="about">${about}</p>${here.map((entry) => operationHtml(document, entry))}</section>`,
)}
<p id="none" class="none" hidden>No operation has these words.</p>
</main>
<script nonce="${nonceMark}">${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
