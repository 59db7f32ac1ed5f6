/** Search: every word has to occur in an operation; what does not match is hidden, here and in the list. */
export const script = `
const search = document.getElementById('search');
const found = document.getElementById('found');
const none = document.getElementById('none');
const operations = [...document.querySelectorAll('.operation')];
const links = new Map([...document.querySelectorAll('[data-for]')].map((link) => [link.dataset.for, link]));
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const operation of operations) {
    const isMatch = words.every((word) => operation.dataset.words.includes(word));
    operation.hidden = !isMatch;
    const link = links.get(operation.id);
    if (link) link.hidden = !isMatch;
    if (isMatch) shown++;
  }
  for (const group of document.querySelectorAll('.group, .tag')) {
    group.hidden = !group.querySelector('[data-for]:not([hidden]), .operation:not([hidden])');
  }
  document.querySelector('.intro').hidden = words.length > 0;
  found.textContent = words.length === 0 ? '' : shown === 1 ? '1 operation' : shown + ' operations';
  none.hidden = shown > 0;
}
search.addEventListener('input', filter);
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); search.focus(); search.select(); }
  if (event.key === 'Escape' && document.activeElement === search) { search.value = ''; filter(); }
});
window.addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.hidden) { search.value = ''; filter(); target.scrollIntoView(); }
});
filter();
`;
