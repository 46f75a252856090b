import {posix} from 'node:path';
import test from 'ava';
import {COMMANDS} from '../../../plugin/called.ts';
import {site} from '../../../scripts/site/site.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {ERRORS} from '../../../src/data/errors.ts';

const files = site('https://example.com/project/blob/HEAD');
const pages = [...files].filter(([name]) => name.endsWith('.html'));

/** Values of an attribute. */
function all(html: string, attribute: string): string[] {
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(m => m[1] ?? '');
}

test('every command, check and known error has its place', t => {
  for (const id of Object.keys(COMMANDS)) t.true(files.has(`commands/${id.replaceAll(':', '-')}.html`), id);
  for (const {id} of CHECKS) t.true(files.has(`checks/${id}.html`), id);
  t.is(files.get('errors.html')?.match(/<h2 id=/g)?.length, ERRORS.length);
  t.true(files.get('codes.html')?.includes('HCN_E_PORT_ALREADY_EXISTS'));
});

test('every link of the site leads to a page of it that is there, at a heading that is there', t => {
  for (const [name, html] of pages) {
    for (const link of [...all(html, 'href'), ...all(html, 'src')]) {
      if (link.startsWith('https://')) continue;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? name : posix.join(posix.dirname(name), path);
      const page = files.get(target);
      t.truthy(page, `${name}: ${link}`);
      if (anchor) t.true(all(page ?? '', 'id').includes(anchor), `${name}: ${link}`);
    }
  }
});

test('without a repository to link to, what has no page is words', t => {
  const html = site(undefined).get('index.html') ?? '';
  t.false(html.includes('href=""'));
  t.deepEqual(
    all(html, 'href').filter(href => href.endsWith('.md') || href.endsWith('.json')),
    [],
  );
});

for (const [fact, broken] of Object.entries<(html: string) => unknown>({
  'says its language': html => !html.includes('<html lang="en">'),
  'has a title of its own': html => /<title>\s*·/.test(html),
  'has one heading of the first level': html => html.match(/<h1[ >]/g)?.length !== 1,
  'skips no level of headings': html => {
    const levels = [...html.slice(html.indexOf('<main')).matchAll(/<h([1-6])/g)].map(m => Number(m[1]));
    return levels.some((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1);
  },
  'has no id twice': html => new Set(all(html, 'id')).size !== all(html, 'id').length,
  'has words for every picture': html => /<img(?![^>]* alt="[^"]+")/.test(html),
  'says what the head of a table is of': html => /<th(?! scope)/.test(html.replaceAll('<thead', '')),
  'has no link without words': html => /<a [^>]*>\s*<\/a>/.test(html),
  'lets the keyboard scroll code': html => /<pre(?! tabindex="0")/.test(html),
  'runs no script and loads nothing of others': html =>
    /<script|<link|<iframe|(?:src|srcset)="(?:https?:)?\/\//.test(html),
}))
  test(`every page ${fact}`, t => {
    t.deepEqual(
      pages.filter(([, html]) => broken(html)).map(([name]) => name),
      [],
    );
  });
