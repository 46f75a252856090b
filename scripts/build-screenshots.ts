/**
 * Shows what people see: `node scripts/build-screenshots.ts FOLDER [--from CAPTURE]` writes `terminal.svg` and `terminal.png`, and `report.png` and
 * `report-dark.png` of the report as a page. Without a capture it is the current cluster, such as a lab's (`scripts/lab up --scene sick`).
 * Takes Chromium, which `CHROMIUM` names where it is not `/usr/bin/chromium`.
 */
import {execFile} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {chromium} from 'playwright-core';
import {screen} from './docs/terminal.ts';

const program = join(import.meta.dirname, '..', 'bin', 'kubectl-win');
const SIZE = {width: 1100, height: 900};

const {values, positionals} = parseArgs({allowPositionals: true, options: {from: {type: 'string'}}});
const [folder] = positionals;
if (folder === undefined) {
  console.error('build-screenshots: name the folder to write to');
  process.exit(2);
}
mkdirSync(folder, {recursive: true});
const words = ['doctor', ...(values.from === undefined ? [] : ['--from', values.from])];
const terminal = screen(`kubectl win ${words.join(' ')}`, await printed([...words, '--color', 'always']));
writeFileSync(join(folder, 'terminal.svg'), terminal);
const report = await printed([...words, '-o', 'html']);

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [name, html, colorScheme] of [
    ['terminal', `<body style="margin: 0">${terminal}</body>`, 'dark'],
    ['report', report, 'light'],
    ['report-dark', report, 'dark'],
  ] as const) {
    const page = await browser.newPage({viewport: SIZE, colorScheme});
    await page.setContent(html);
    await page.screenshot({path: join(folder, `${name}.png`), fullPage: name === 'terminal'});
    await page.close();
  }
} finally {
  await browser.close();
}

/** Of doctor 1 is an answer, too. */
async function printed(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, {maxBuffer: 64 * 1024 * 1024}, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`kubectl win ${args.join(' ')}: ${stderr}`));
      else resolve(stdout);
    });
  });
}
