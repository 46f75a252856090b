import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import test from 'ava';
import axe from 'axe-core';
import {site} from '../../scripts/site/site.ts';
import {folderWith} from '../helpers/cli.ts';
import {hasChromium, startChromium} from './chromium.ts';

/** One of each making. */
const PAGES = [
  'index.html',
  'how-to/support.html',
  'checks/SCH003.html',
  'commands/doctor.html',
  'architecture.html',
];

/** Runs in the page: texts whose colour stands out less than WCAG 2.1 asks for (https://www.w3.org/TR/WCAG21/#contrast-minimum). */
const PALE = `(() => {
  const channels = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = channels(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .filter(e => {
      const [a, b] = [light(channels(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05) < 4.5;
    })
    .map(e => e.outerHTML.slice(0, 80));
})()`;
/** Runs in the page, after axe: what keeps people from using it, by WCAG 2.2 and axe's own rules, and where. */
const BARRIERS = `axe.run({resultTypes: ['violations']}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({target}) => id + ': ' + target.join(' '))))`;
/** Runs in the page: links to files, without what they point at inside of these. */
const LINKS = `[...new Set([...document.links].map(a => a.href.replace(/#.*$/, '')).filter(href => href.startsWith('file:')))]`;
/** Whether anything but tables and code, which scroll by themselves, is wider than the window. */
const WIDE = 'document.documentElement.scrollWidth > window.innerWidth';

if (!hasChromium) {
  const absent = process.env['CI'] === undefined ? test.skip : test;
  absent('there is a browser', t => t.fail('install chromium, or name one in CHROMIUM'));
} else
  test('pages of the site can be read in light and dark, wide and narrow, ask nobody for anything, and show their pictures', async t => {
    t.timeout(120_000);
    const folder = folderWith(t, {});
    for (const [name, text] of site(undefined)) {
      mkdirSync(dirname(join(folder, name)), {recursive: true});
      writeFileSync(join(folder, name), text);
    }
    const browser = await startChromium();
    t.teardown(() => browser.close());
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1100, 400]) {
        const page = await browser.newPage({viewport: {width, height: 900}, colorScheme});
        const noise: string[] = [];
        page.on('console', message => noise.push(message.text()));
        page.on('requestfailed', request => noise.push(request.url()));
        page.on('request', request => {
          if (!request.url().startsWith(pathToFileURL(folder).href)) noise.push(request.url());
        });
        for (const name of PAGES) {
          await page.goto(pathToFileURL(join(folder, name)).href);
          t.deepEqual(await page.evaluate(PALE), [], `${name}, ${colorScheme}`);
          t.false(await page.evaluate(WIDE), `${name} at ${width}`);
          if (width === 400) {
            await page.evaluate(axe.source);
            t.deepEqual(await page.evaluate(BARRIERS), [], `${name}, ${colorScheme}`);
          }
          if (width === 400 && colorScheme === 'dark')
            for (const href of await page.evaluate<string[]>(LINKS))
              t.true(existsSync(fileURLToPath(href)), `${name}: ${href}`);
          t.is(await page.evaluate('[...document.images].filter(i => i.naturalWidth === 0).length'), 0, name);
        }
        t.deepEqual(noise, []);
        await page.close();
      }
  });
