/** Colours keep at least 4.5 : 1 against what they stand on, in both schemes. */
export const style = `
:root { color-scheme: light dark; --back: #fff; --panel: #f6f7f9; --line: #d9dde3; --text: #1c2430; --soft: #566070; --link: #0b57b0; --code: #eef1f5;
  --get: #0b6b3a; --post: #0b57b0; --put: #8a4b00; --patch: #8a4b00; --delete: #b3261e; --needed: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --back: #14181e; --panel: #1b2129; --line: #343d49; --text: #e6eaf0; --soft: #a3afbf; --link: #8ab8ff; --code: #232b36;
  --get: #6fd39a; --post: #8ab8ff; --put: #f0b45c; --patch: #f0b45c; --delete: #ff8f87; --needed: #f0b45c; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template: auto 1fr / 19rem minmax(0, 1fr); }
[hidden] { display: none !important; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: fixed; z-index: 3; top: .5rem; left: .5rem; background: var(--back); padding: .5rem 1rem; }
header { grid-column: 1 / -1; position: sticky; top: 0; z-index: 2; display: flex; gap: 1.25rem; align-items: center; padding: .6rem 1.5rem; background: var(--panel); border-bottom: 1px solid var(--line); }
.brand { margin: 0; font-weight: 700; font-size: 1.1rem; white-space: nowrap; }
.brand span { font-weight: 400; color: var(--soft); }
#search { flex: 1; max-width: 34rem; padding: .45rem .8rem; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--soft); border-radius: .5rem; }
.found { margin: 0; margin-inline-end: auto; color: var(--soft); min-width: 7rem; }
nav { position: sticky; top: 3.6rem; align-self: start; height: calc(100vh - 3.6rem); overflow-y: auto; padding: 1rem 0 2rem; border-inline-end: 1px solid var(--line); background: var(--panel); }
nav h2 { font-size: .8rem; text-transform: uppercase; letter-spacing: .05em; margin: 1rem 1.25rem .25rem; }
nav h2 a { color: var(--soft); text-decoration: none; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: flex; gap: .6rem; align-items: baseline; padding: .25rem 1.25rem; color: inherit; text-decoration: none; font-size: .9rem; line-height: 1.35; }
nav li a:hover { background: var(--code); }
nav .method { min-width: 3.6rem; font-size: .7rem; }
main { padding: 1.5rem 2.5rem 6rem; max-width: 62rem; outline: none; }
h1 { margin: 0 0 .5rem; } .tag > h2 { margin: 3rem 0 .25rem; font-size: 1.6rem; } .about { color: var(--soft); margin-top: 0; }
.operation { border-top: 1px solid var(--line); padding: 1.5rem 0 1rem; }
h3 { margin: 0 0 .35rem; font-size: 1.25rem; } .anchor { color: inherit; text-decoration: none; } .anchor:hover { text-decoration: underline; }
h4 { margin: 1.25rem 0 .4rem; font-size: 1rem; }
.line { margin: 0 0 .75rem; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.method { font: 700 .8rem/1.4 ui-monospace, monospace; color: var(--soft); }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--code); padding: .1em .35em; border-radius: .3em; overflow-wrap: anywhere; }
pre { background: var(--code); padding: .8rem 1rem; border-radius: .5rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { background: none; padding: 0; }
.path { font-size: 1rem; }
.scope { font-size: .8rem; border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .6rem; color: var(--soft); }
.type { font: .85rem/1.5 ui-monospace, monospace; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
.needed { font-size: .75rem; color: var(--needed); font-weight: 400; }
.limits, .caption { margin: .1rem 0; color: var(--soft); font-size: .875rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 400; white-space: nowrap; }
.fields { margin: 0; border-inline-start: 2px solid var(--line); padding-inline-start: 1rem; }
.field { padding: .3rem 0; } .field dd { margin: 0; } .field p { margin: .1rem 0; }
.field .name { font-weight: 600; }
details { margin: .25rem 0; } summary { cursor: pointer; color: var(--link); width: fit-content; }
.errors { margin-top: 1rem; }
@media (max-width: 60rem) {
  body { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; height: auto; max-height: 16rem; border-inline-end: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem 1rem 4rem; }
  header { flex-wrap: wrap; gap: .5rem 1rem; padding: .6rem 1rem; } #search { flex-basis: 12rem; } .found { min-width: 0; }
  html { scroll-padding-top: 7rem; }
}
@media print { nav, header { display: none; } body { display: block; } }
`;
