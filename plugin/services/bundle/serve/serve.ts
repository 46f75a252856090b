import {renderHtml} from '../../../../src/report/html/page.ts';
import {partsOf} from '../../../../src/report/html/parts.ts';
import {buildReport} from '../../../../src/report/build.ts';
import type {CaptureFiles} from '../../../../src/capture/files.ts';
import {recognize} from '../../../../src/capture/recognize.ts';
import {sickLogs} from '../../../../src/report/sick-logs.ts';
import {openCapture} from '../../../capture/open.ts';
import {toolVersion} from '../../../version.ts';
import {logTails} from '../../log-tails.ts';
import type {InventoryRun} from '../../inventory.ts';
import {judgeCapture} from '../judge-capture.ts';
import {openInBrowser} from './browser.ts';
import {LINKS, Pages} from './pages.ts';
import {serveOn} from './server.ts';

/** Flags of `bundle serve`. */
export interface ServeFlags {
  port: number;
  open?: boolean | undefined;
  identity?: string[] | undefined;
}

/** Serves a capture until it is interrupted. Throws a `UserError` where it cannot be read, or the port is taken. */
export async function serveCapture(
  path: string,
  flags: ServeFlags,
  {signal, note}: InventoryRun,
): Promise<void> {
  const files = await openCapture(path, {signal, identities: flags.identity ?? []});
  const page = await reportPage(files, path, flags, {signal, note});
  const server = await serveOn(flags.port, new Pages(files, () => Promise.resolve(page)));
  const door = (flags.open ?? isAtScreen()) ? openInBrowser(server.address) : undefined;
  try {
    process.stdout.write(`${server.address}\n`);
    if (door?.opened === false) note('nothing is here that opens a browser: open the address yourself');
    note('whoever has this address can read the capture; Ctrl-C ends it');
    await interrupted(signal);
  } finally {
    door?.remove();
    await server.close();
  }
}

/** The report is made of the evidence, here and now: the page that lies in the capture may be a stranger's. */
async function reportPage(
  captured: CaptureFiles,
  path: string,
  {identity}: ServeFlags,
  {signal, note}: InventoryRun,
): Promise<string> {
  const judged = await judgeCapture(path, {signal, identity, output: 'html'});
  const {snapshot, judgement, locate, timings, pictures, notes} = judged;
  for (const text of notes) note(text);
  const report = buildReport(snapshot, judgement, {version: toolVersion(), timings}, locate);
  const {root} = recognize(captured.list().map(file => file.path));
  const logs = await logTails(captured, root, sickLogs(snapshot, report));
  return renderHtml(report, {
    logs,
    ...(pictures && {pictures}),
    ...partsOf(snapshot, report, judgement),
    files: LINKS.folder(''),
  });
}

/** Whether somebody sits before a screen to which a browser can come. */
function isAtScreen(): boolean {
  const {DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION} = process.env;
  if (!process.stdout.isTTY || SSH_CONNECTION !== undefined) return false;
  return process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, {once: true});
  });
}
