import {escapeXml} from '../xml.ts';
import type {Cell, Matrix} from './matrix.ts';
import {cellText} from './matrix.ts';

const SIDE = 18;
const LABEL = 220;
const COLORS = {untried: '#8882', good: '#2da44e', part: '#d29922', bad: '#cf222e'} as const;

/** A page with a picture of the matrix that stands alone; each cell tells its figures when hovered. */
export function matrixHtml({names, cells}: Matrix, title: string): string {
  const size = LABEL + names.length * SIDE + 10;
  const rows = cells.flatMap((row, i) => [
    `<text x="${LABEL - 6}" y="${LABEL + i * SIDE + 13}" text-anchor="end">${escapeXml(names[i] ?? '')}</text>`,
    `<text transform="translate(${LABEL + i * SIDE + 13},${LABEL - 6}) rotate(-90)">${escapeXml(names[i] ?? '')}</text>`,
    ...row.map((cell, j) => {
      const words = `${names[i] ?? ''} to ${names[j] ?? ''}: ${cellText(cell)}`;
      return `<rect x="${LABEL + j * SIDE}" y="${LABEL + i * SIDE}" width="${SIDE - 1}" height="${SIDE - 1}" fill="${colorOf(cell)}"><title>${escapeXml(words)}</title></rect>`;
    }),
  ]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:14px system-ui,sans-serif;margin:2em;color-scheme:light dark}text{font-size:11px;fill:currentColor}rect:hover{stroke:currentColor;stroke-width:2}</style>
</head><body><h1>${escapeXml(title)}</h1>
<p>Rows are where connections start, columns where they go. Green works, yellow fails in part, red fails, grey was not tried.</p>
<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" role="img" aria-label="${escapeXml(title)}">
${rows.join('\n')}
</svg></body></html>
`;
}

function colorOf({tried, failed}: Cell): string {
  if (tried === 0) return COLORS.untried;
  if (failed === 0) return COLORS.good;
  return failed === tried ? COLORS.bad : COLORS.part;
}
