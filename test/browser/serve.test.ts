import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {openCapture} from '../../plugin/capture/open.ts';
import {Pages} from '../../plugin/services/bundle/serve/pages.ts';
import {serveOn} from '../../plugin/services/bundle/serve/server.ts';
import {renderHtml} from '../../src/report/html/page.ts';
import {tgzOf} from '../helpers/archives.ts';
import {sickReport} from '../helpers/report.ts';
import {hasChromium, startChromium} from './chromium.ts';

const EVIL = '<h1 id="evil">x</h1><script>document.title = "got in"</script>';
const FILES = new Map([
  ['b/kubectl-win/report.html', EVIL],
  ['b/<img src=x onerror=alert(1)>.log', 'x'],
]);

const inBrowser = hasChromium || process.env['CI'] !== undefined ? test : test.skip;

inBrowser('a capture is opened by a file as the command does, and what is in it stays text', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-serve-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const archive = join(folder, 'b.tar.gz');
  writeFileSync(archive, await tgzOf(FILES));
  const report = renderHtml(sickReport(), {files: '/files?at='});
  const server = await serveOn(0, new Pages(await openCapture(archive), () => Promise.resolve(report)));
  t.teardown(() => server.close());
  const browser = await startChromium();
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  const noise: string[] = [];
  page.on('console', message => noise.push(message.text()));
  page.on('pageerror', error => noise.push(error.message));
  const door = join(folder, 'open.html');
  writeFileSync(door, `<!DOCTYPE html><meta http-equiv="refresh" content="0; url=${server.address}">`);
  await page.goto(pathToFileURL(door).href);
  await page.locator('h1', {hasText: '3 errors'}).waitFor();
  t.is(new URL(page.url()).pathname, '/', 'the token is not in the address any more');
  t.is(await page.evaluate('document.cookie'), '', 'no script reads the cookie');
  await page.locator('.finding').first().waitFor();

  await page.locator('a', {hasText: 'Files'}).click();
  await page.locator('td a', {hasText: 'b/'}).click();
  t.is(await page.locator('img').count(), 0);
  await page.locator('td a', {hasText: 'kubectl-win/'}).click();
  await page.locator('td a', {hasText: 'report.html'}).click();
  t.is(await page.evaluate('document.contentType'), 'text/plain');
  t.is(await page.locator('#evil').count(), 0);
  t.not(await page.title(), 'got in');
  await page.goBack();
  await page.locator('input[type=search]').fill('REPORT');
  await page.keyboard.press('Enter');
  await page.locator('h1', {hasText: 'REPORT'}).waitFor();
  t.is(await page.locator('tbody tr').count(), 1);
  t.deepEqual(noise, []);
});

inBrowser('another site reads nothing and cannot act', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-serve-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const archive = join(folder, 'b.tar.gz');
  writeFileSync(archive, await tgzOf(FILES));
  const pages = new Pages(await openCapture(archive), () => Promise.resolve('<p>secret</p>'));
  const server = await serveOn(0, pages);
  // The same machine, another port: for cookies the same site.
  const stranger = createServer((_, response) => response.end('<p>hello</p>')).listen(0, '127.0.0.1');
  t.teardown(async () => {
    await server.close();
    stranger.close();
    stranger.closeAllConnections();
  });
  const browser = await startChromium();
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.locator('p', {hasText: 'secret'}).waitFor();
  const {origin} = new URL(server.address);
  const bound = stranger.address();
  await page.goto(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`);
  const got = await page.evaluate(
    `fetch(${JSON.stringify(`${origin}/`)}, {credentials: 'include', mode: 'no-cors'}).then(r => r.type + r.status, () => 'refused')`,
  );
  t.is(got, 'refused');
});
