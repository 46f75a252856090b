import {join} from 'node:path';
import {loadSnapshotFrom} from '../../plugin/capture/load.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {selectChecks} from '../../src/checks/profiles.ts';
import {withoutUnasked} from '../../src/checks/unasked.ts';
import {buildReport} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {ANSI} from '../../src/report/palette.ts';
import {renderText} from '../../src/report/text.ts';

const COLUMNS = 100;
/** What a first screen shows. */
const LINES = 48;
const CELL = {width: 8.4, height: 19};
const MARGIN = 16;
const BACKGROUND = '#0d1117';
const FOREGROUND = '#e6edf3';

/** Colours of the SGR codes that the report uses, in a theme that GitHub's two backgrounds both carry. */
const COLORS: Record<number, string> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  36: '#a5d6ff',
};

/** The first screen of `doctor` on the sample, drawn from what it really prints. */
export async function picture(): Promise<string> {
  const {snapshot} = await loadSnapshotFrom(join(import.meta.dirname, '../../plugin/sample'));
  const checks = selectChecks(CHECKS, {profile: 'support', only: [], skip: []});
  if (typeof checks === 'string') throw new Error(checks);
  const run = {version: '', timings: {collectMs: 0, judgeMs: 0}};
  const report = buildReport(snapshot, withoutUnasked(judge(snapshot, checks)), run, bundleLocator(snapshot));
  const text = renderText(report, {palette: ANSI, width: COLUMNS, wide: false});
  const printed = text.replaceAll(/capture \S*sample/g, 'capture plugin/sample').split('\n');
  const lines = ['$ kubectl win doctor --from plugin/sample', '', ...printed].slice(0, LINES);
  return svg(printed.length > LINES ? [...lines, '…'] : lines);
}

function svg(lines: readonly string[]): string {
  const width = Math.round(COLUMNS * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  const rows = lines.map((line, i) => {
    const y = MARGIN + (i + 1) * CELL.height - 5;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="kubectl win doctor on a sick cluster">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="${FOREGROUND}">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Turns the colours of one line into `tspan`s. */
function spans(line: string): string {
  let style = {bold: false, dim: false, color: 0};
  let out = '';
  for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
    const codes = /^\x1b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes === undefined) {
      if (part !== '') out += span(part, style);
      continue;
    }
    for (const code of codes.split(';').map(Number)) style = applied(style, code);
  }
  return out;
}

interface Style {
  bold: boolean;
  dim: boolean;
  color: number;
}

function applied(style: Style, code: number): Style {
  if (code === 1) return {...style, bold: true};
  if (code === 2) return {...style, dim: true};
  if (code === 22) return {...style, bold: false, dim: false};
  if (code === 39) return {...style, color: 0};
  return code in COLORS ? {...style, color: code} : style;
}

function span(text: string, {bold, dim, color}: Style): string {
  const attributes = [
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? ['opacity="0.65"'] : []),
    ...(color ? [`fill="${COLORS[color] ?? FOREGROUND}"`] : []),
  ];
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return attributes.length > 0 ? `<tspan ${attributes.join(' ')}>${escaped}</tspan>` : escaped;
}
