/** The terminal that is drawn; `lines`: what a first screen shows. */
export const TERMINAL = {columns: 100, lines: 48} as const;
/** A character, in pixels. */
export const CELL = {width: 8.4, height: 19};
export const MARGIN = 16;
export const BACKGROUND = '#0d1117';
const FOREGROUND = '#e6edf3';

/** Colours of the SGR codes that the report uses, in a theme that GitHub's two backgrounds both carry. */
const COLORS: Record<number, string> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  36: '#a5d6ff',
};

/** A terminal as SVG: a command, and the first screen of what it printed, with its colours. */
export function screen(command: string, output: string): string {
  const printed = output.split('\n');
  const lines = [`$ ${command}`, '', ...printed].slice(0, TERMINAL.lines);
  return svg(printed.length > TERMINAL.lines ? [...lines, '…'] : lines);
}

function svg(lines: readonly string[]): string {
  return frame(lines.length, 'kubectl win doctor on a sick cluster', rows(lines));
}

/** A terminal of so many lines, and what is in it; `label` for those who do not see it. */
export function frame(lines: number, label: string, content: readonly string[]): string {
  const width = Math.round(TERMINAL.columns * CELL.width + 2 * MARGIN);
  const height = lines * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="${FOREGROUND}">`,
    ...content,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Lines with their colours, from a row on. */
export function rows(lines: readonly string[], from = 0): string[] {
  return lines.map((line, i) => {
    const y = MARGIN + (from + i + 1) * CELL.height - 5;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
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
