import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';
import type {Browser, Page} from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is a browser to test in. */
export const hasChromium = existsSync(EXECUTABLE);

/** Starts a browser that talks to nobody by itself. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** A page that was opened from a file, and everything that it did besides being shown. */
export interface OpenPage {
  page: Page;
  /** Console messages, errors, violations of its policy, requests, dialogs. */
  noise: string[];
}

/** Opens HTML as a file, hands it over, and cleans up. */
export async function withPage<T>(
  browser: Browser,
  html: string,
  use: (open: OpenPage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const page = await browser.newPage({viewport: {width: 1100, height: 900}});
  const noise: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('console', message => noise.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', error => noise.push(`error: ${error.message}`));
  page.on('request', request => {
    if (!request.url().startsWith(own) && request.url() !== 'data:,') noise.push(`request: ${request.url()}`);
  });
  page.on('dialog', dialog => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  try {
    await page.goto(own);
    return await use({page, noise});
  } finally {
    await page.close();
    rmSync(folder, {recursive: true});
  }
}
