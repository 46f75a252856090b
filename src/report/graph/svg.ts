import type {HnsGraph, Link, Step, StepKind} from '../../hns-graph/graph.ts';
import {STEP_KINDS, faultsOf, headingOf} from '../../hns-graph/graph.ts';
import {columnsOf, cutTo, wrap} from '../columns.ts';
import {visible} from '../visible.ts';
import {attributes, escapeXml} from '../xml.ts';

/** All in pixels: boxes, the room between their columns and rows, and the height of a line of text. */
const BOX = {width: 168, height: 40};
const GAP = {x: 44, y: 12};
const LINE = 18;
const MARGIN = 12;
/** Characters that fit in a box, and in a line under the picture. */
const COLUMNS = {title: 24, detail: 30};
const CHARACTER = 7;
/** A picture of less would leave no room for words. */
const LEAST_COLUMNS = 4;
const BROKEN = '#c62828';
const FONT = 'ui-sans-serif, system-ui, sans-serif';

/** How a picture is to be used. */
export interface SvgOptions {
  /** A file of its own: it brings its name space, its background and its colour of text along. */
  standalone: boolean;
}

/**
 * Draws graphs as SVG, one under the other: Service, load balancer, endpoint, namespace, sandbox and pod from left to right.
 * It has neither style sheet nor script, so that a page with a strict policy shows it; the faults stand under it in words.
 */
export function renderSvg(graphs: readonly HnsGraph[], {standalone}: SvgOptions): string {
  const kinds = STEP_KINDS.filter(kind => graphs.some(g => g.steps.some(s => s.kind === kind)));
  const columns = Math.max(kinds.length, LEAST_COLUMNS);
  const width = 2 * MARGIN + columns * BOX.width + (columns - 1) * GAP.x;
  let top = MARGIN;
  const parts: string[] = [];
  for (const graph of graphs) {
    const drawn = draw(graph, kinds, {top, width});
    parts.push(drawn.text);
    top = drawn.bottom + MARGIN;
  }
  const root = attributes({
    ...(standalone && {xmlns: 'http://www.w3.org/2000/svg', color: '#1f2328'}),
    viewBox: `0 0 ${width} ${top}`,
    ...(standalone && {width: String(width), height: String(top)}),
    role: 'img',
    'aria-label': titleOf(graphs),
    'font-family': FONT,
    'font-size': '12',
    fill: 'currentColor',
  });
  const ground = standalone ? `<rect${attributes({width: '100%', height: '100%', fill: '#ffffff'})}/>` : '';
  return `<svg${root}>${ground}${parts.join('')}</svg>${standalone ? '\n' : ''}`;
}

function titleOf(graphs: readonly HnsGraph[]): string {
  const faults = graphs.flatMap(faultsOf);
  const nodes = graphs.map(g => g.node).join(', ');
  return visible(`Ways through HNS of ${nodes}: ${faults.length === 0 ? 'in order' : faults.join('; ')}`);
}

interface Box {
  step: Step;
  x: number;
  y: number;
}

function draw(
  graph: HnsGraph,
  kinds: readonly StepKind[],
  {top, width}: {top: number; width: number},
): {text: string; bottom: number} {
  const boxes = placed(graph, kinds, top + 2 * LINE);
  const faults = faultsOf(graph);
  const lowest = Math.max(top + LINE, ...[...boxes.values()].map(b => b.y + BOX.height + GAP.y));
  const lines = faults.flatMap(fault =>
    wrap(`✗ ${visible(fault)}`, Math.floor((width - 2 * MARGIN) / CHARACTER)),
  );
  const heading = visible(headingOf(graph));
  return {
    text: [
      `<text${attributes({x: String(MARGIN), y: String(top + LINE), 'font-weight': '600'})}>${escapeXml(heading)}</text>`,
      ...graph.links.map(link => arrow(link, boxes)),
      ...[...boxes.values()].map(box),
      ...lines.map(
        (line, i) =>
          `<text${attributes({x: String(MARGIN), y: String(lowest + (i + 1) * LINE), fill: BROKEN})}>${escapeXml(line)}</text>`,
      ),
    ].join(''),
    bottom: lowest + (lines.length + 1) * LINE,
  };
}

/** Columns by kind; in each, steps stand in the order of what leads to them, so that few arrows cross. */
function placed({steps, links}: HnsGraph, kinds: readonly StepKind[], top: number): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const from = Map.groupBy(links, l => l.to);
  for (const [column, kind] of kinds.entries()) {
    const above = (step: Step): number =>
      Math.min(...(from.get(step.id) ?? []).map(l => boxes.get(l.from)?.y ?? Infinity), Infinity);
    const order = new Map(steps.map((step, i) => [step.id, i]));
    const own = steps
      .filter(step => step.kind === kind)
      .toSorted((a, b) => above(a) - above(b) || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    for (const [row, step] of own.entries()) {
      boxes.set(step.id, {
        step,
        x: MARGIN + column * (BOX.width + GAP.x),
        y: top + row * (BOX.height + GAP.y),
      });
    }
  }
  return boxes;
}

function box({step: {kind, title, detail, absent}, x, y}: Box): string {
  const frame = attributes({
    x: String(x),
    y: String(y),
    width: String(BOX.width),
    height: String(BOX.height),
    rx: '4',
    fill: 'none',
    stroke: absent ? BROKEN : 'currentColor',
    'stroke-dasharray': absent ? '4 3' : undefined,
  });
  const second = [absent ? `no ${kind}` : kind, detail].filter(Boolean).join(', ');
  const text = (row: number, size: string, words: string): string =>
    `<text${attributes({x: String(x + 8), y: String(y + 16 + row * 16), 'font-size': size, fill: absent ? BROKEN : undefined})}>${escapeXml(fit(words, row === 0 ? COLUMNS.title : COLUMNS.detail))}</text>`;
  return `<g><title>${escapeXml(`${title} (${second})`)}</title><rect${frame}/>${text(0, '12', title)}${text(1, '10', second)}</g>`;
}

function fit(words: string, columns: number): string {
  const shown = visible(words);
  return columnsOf(shown) > columns ? cutTo(shown, columns) : shown;
}

function arrow({from, to, fault}: Link, boxes: ReadonlyMap<string, Box>): string {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (!a || !b) return '';
  const start = {x: a.x + BOX.width, y: a.y + BOX.height / 2};
  const end = {x: b.x, y: b.y + BOX.height / 2};
  const middle = (start.x + end.x) / 2;
  const colour = fault === undefined ? 'currentColor' : BROKEN;
  const line = attributes({
    d: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`,
    fill: 'none',
    stroke: colour,
    'stroke-width': fault === undefined ? '1' : '2',
    'stroke-dasharray': fault === undefined ? undefined : '5 4',
  });
  const head = attributes({d: `M${end.x} ${end.y}l-7 -4v8z`, fill: colour});
  const cross =
    fault === undefined
      ? ''
      : `<path${attributes({d: `M${middle - 5} ${(start.y + end.y) / 2 - 5}l10 10m0 -10l-10 10`, stroke: BROKEN, 'stroke-width': '2', fill: 'none'})}/>`;
  const title = fault === undefined ? '' : `<title>${escapeXml(fault)}</title>`;
  return `<g>${title}<path${line}/><path${head}/>${cross}</g>`;
}
