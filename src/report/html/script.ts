/**
 * The page's script: search, severities, copying, keys, links into closed findings, everything open on paper. The page is
 * whole without it. It has neither `<` nor `&`, so that the page is well-formed XML, too.
 */
export const SCRIPT = `
'use strict';
const all = [...document.querySelectorAll('.finding')];
const texts = new Map(all.map(f => [f, f.textContent.toLowerCase()]));
const search = document.querySelector('#search');
const shown = document.querySelector('#shown');
const tools = document.querySelector('.tools');
const boxes = [...document.querySelectorAll('.tools [data-severity]')];
const rows = [...document.querySelectorAll('[data-row]')];
const NOUNS = { node: 'nodes', way: 'ways', event: 'events', line: 'lines of logs', gap: 'gaps' };
const folds = [...document.querySelectorAll('details.well, details.log')];
const frames = [...document.querySelectorAll('.wide, main section:not(.group)')].filter(f => f.querySelector('[data-row]') !== null);
let rowTexts = null;
let named = new Set();
let wasSearching = false;

function filterRows(words) {
  const searching = words.length !== 0;
  if (!searching ? !wasSearching : false) return [];
  wasSearching = searching;
  named = new Set();
  rowTexts ??= new Map(rows.map(r => [r, r.textContent.toLowerCase()]));
  const found = new Map();
  for (const row of rows) {
    const text = rowTexts.get(row);
    const hit = words.every(w => text.includes(w));
    row.hidden = !hit;
    const tally = found.get(row.dataset.row) ?? { hits: 0, all: 0 };
    tally.all++;
    if (hit) tally.hits++;
    found.set(row.dataset.row, tally);
    if (!searching ? true : !hit) continue;
    if (row.dataset.row !== 'node') continue;
    const name = row.querySelector('th').textContent.toLowerCase();
    if (!words.every(w => name.includes(w))) continue;
    for (const link of row.querySelectorAll('a')) named.add(link.hash.slice(1));
  }
  for (const fold of folds) {
    const hit = fold.querySelector('[data-row]:not([hidden])') !== null;
    fold.hidden = !hit;
    fold.open = searching ? hit : false;
  }
  for (const frame of frames) frame.hidden = frame.querySelector('[data-row]:not([hidden])') === null;
  if (!searching) return [];
  return [...found].map(([kind, tally]) => tally.hits + ' of ' + tally.all + ' ' + NOUNS[kind]);
}

function filter() {
  const words = search.value.toLowerCase().split(' ').filter(w => w !== '');
  const others = filterRows(words);
  const wanted = new Set(boxes.filter(b => b.checked).map(b => b.dataset.severity));
  let count = 0;
  for (const finding of all) {
    const text = texts.get(finding);
    const told = named.has(finding.id) ? true : words.every(w => text.includes(w));
    const hit = wanted.has(finding.dataset.severity) ? told : false;
    finding.hidden = !hit;
    if (hit) count++;
  }
  for (const group of document.querySelectorAll('.group')) {
    group.hidden = group.querySelector('.finding:not([hidden])') === null;
  }
  const own = count + ' of ' + all.length + (others.length === 0 ? '' : ' findings');
  const isAll = count === all.length ? words.length === 0 : false;
  shown.textContent = isAll ? '' : [...(all.length === 0 ? [] : [own]), ...others].join(', ');
}

async function copy(button) {
  const text = button.previousElementSibling.textContent;
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(button.previousElementSibling);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    done = document.execCommand('copy');
  }
  button.textContent = done ? 'copied' : 'selected';
  setTimeout(() => { button.textContent = 'copy'; }, 1500);
}

function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? null : document.getElementById(id);
  if (target === null) return;
  if (target.tagName !== 'DETAILS') return;
  target.hidden = false;
  target.open = true;
  target.querySelector('summary').focus();
}

if (tools !== null) {
  tools.hidden = false;
  search.addEventListener('input', filter);
  for (const box of boxes) box.addEventListener('change', filter);
}
document.addEventListener('click', event => {
  const button = event.target.closest('button.copy');
  if (button !== null) void copy(button);
  const link = event.target.closest('a[href^="#"]');
  if (link !== null) setTimeout(openTarget);
});
document.addEventListener('keydown', event => {
  const typing = event.target === search;
  if (event.key === '/' ? !typing : false) { event.preventDefault(); search.focus(); }
  if (event.key === 'Escape' ? typing : false) { search.value = ''; filter(); search.blur(); }
});
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open], .well, .log)')];
  for (const details of opened) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of opened) details.open = false;
});
addEventListener('hashchange', openTarget);
for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
openTarget();
`;
