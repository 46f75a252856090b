import {globSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Folders that belong together, and where they stand. */
interface Group {
  title: string;
  about: string;
  folders: readonly string[];
  x: number;
  y: number;
  width: number;
}

/** Imports from one group into another that make an arrow; fewer are words and small tools. */
const FEWEST = 10;
const WIDTH = 920;
const LINE = 17;
const HEIGHT = 96;

/** Every folder below `src`, `plugin` and `agent` is in one of these, or the drawing is not made. */
export const GROUPS: Readonly<Record<string, Group>> = {
  commands: {
    title: 'commands',
    about: 'parse flags, call one service each',
    folders: ['plugin/commands', 'plugin/completion'],
    x: 20,
    y: 20,
    width: 430,
  },
  services: {
    title: 'services',
    about: 'do the work and return data',
    folders: ['plugin/services'],
    x: 20,
    y: 160,
    width: 430,
  },
  world: {
    title: 'the world',
    about: 'clusters, archives, agents, logs',
    folders: [
      'plugin/kube',
      'plugin/capture',
      'plugin/agent',
      'plugin/logs',
      'plugin/bundle',
      'plugin/exec',
      'plugin/age',
    ],
    x: 20,
    y: 300,
    width: 430,
  },
  report: {
    title: 'reports',
    about: 'what people, scripts and tools read',
    folders: [
      'src/report',
      'src/explain',
      'src/inventory',
      'src/hns-graph',
      'src/bundle-diff',
      'src/bundle',
      'src/agent-manifests',
      'src/guides',
    ],
    x: 490,
    y: 160,
    width: 410,
  },
  judge: {
    title: 'judgement',
    about: 'checks, and what causes what',
    folders: ['src/checks', 'src/causes'],
    x: 490,
    y: 300,
    width: 410,
  },
  know: {
    title: 'evidence',
    about: 'what is known, and how it is read: pure, without Node, clock or environment',
    folders: [
      'src/snapshot',
      'src/kube',
      'src/node',
      'src/hns',
      'src/kube-proxy',
      'src/cri',
      'src/parse',
      'src/capture',
      'src/manifests',
      'src/logs',
      'src/probes',
      'src/protocol',
      'src/redact',
      'src/data',
      'src/text',
      'src/once',
    ],
    x: 20,
    y: 440,
    width: 880,
  },
  agent: {
    title: 'agent',
    about: 'the program on each node: collectors, probes, its server',
    folders: ['agent'],
    x: 20,
    y: 580,
    width: 880,
  },
};

/** How often files of a group import from another, by `from to`. */
export function groupImports(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of globSync('{src,plugin,agent}/**/*.ts', {cwd: root})) {
    const from = groupOf(file);
    for (const [, path = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:from|import)\s*\(?\s*'(\.[^']+)'/g,
    )) {
      const to = groupOf(join(dirname(file), path));
      if (from !== undefined && to !== undefined && from !== to)
        counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
    }
  }
  return counts;
}

/** The group of a file; what lies directly in `src` or `plugin` is everybody's. Throws where a folder has no place. */
export function groupOf(file: string): string | undefined {
  const [top = '', second = ''] = file.split('/');
  if (second.endsWith('.ts') && top !== 'agent') return undefined;
  const folder = top === 'agent' ? top : `${top}/${second}`;
  const found = Object.entries(GROUPS).find(([, {folders}]) => folders.includes(folder));
  if (!found) throw new Error(`${folder} has no place in the drawing: scripts/docs/architecture.ts`);
  return found[0];
}

/** The drawing of `ARCHITECTURE.md`, as SVG; its arrows are imports that are there. */
export function architecture(): string {
  const arrows = [...groupImports()]
    .filter(([, count]) => count >= FEWEST)
    .map(([pair]) => pair)
    .toSorted();
  const boxes = Object.values(GROUPS).map(box);
  const height = Math.max(...Object.values(GROUPS).map(g => g.y)) + HEIGHT + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Folders of kubectl win and which import from which: ${arrows.map(pair => pair.replace(' ', ' from ')).join(', ')}">`,
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#57606a"/></marker></defs>',
    '<rect width="100%" height="100%" rx="8" fill="#f6f8fa"/>',
    '<g font-family="system-ui, sans-serif" fill="#1f2328">',
    ...boxes,
    ...arrows.map(arrow),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function box({title, about, folders, x, y, width}: Group): string {
  const side = folders[0]?.split('/')[0] ?? '';
  const shown =
    side === title
      ? globSync(`${side}/*/README.md`, {cwd: root})
          .map(f => dirname(f))
          .toSorted()
      : folders;
  const lines = wrapped(shown.map(f => f.slice(f.indexOf('/') + 1)).join('  '), Math.floor(width / 7.8));
  const names = lines.map(
    (line, i) =>
      `<text x="${x + 14}" y="${y + 58 + i * LINE}" font-size="12.5" font-family="ui-monospace, Consolas, monospace">${line}</text>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${HEIGHT}" rx="6" fill="#ffffff" stroke="#57606a"/>`,
    `<text x="${x + 14}" y="${y + 22}" font-size="15" font-weight="600">${title}<tspan font-weight="400" fill="#57606a" font-size="13">  ${side}: ${about}</tspan></text>`,
    ...names,
  ].join('\n');
}

function wrapped(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split('  ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length + 2 > columns) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last}  ${word}`;
  }
  return lines;
}

/** A straight line between the sides of two boxes that face each other. */
function arrow(pair: string): string {
  const [from, to] = pair.split(' ').map(name => GROUPS[name]);
  if (!from || !to) return '';
  const [left, right] = [Math.max(from.x, to.x), Math.min(from.x + from.width, to.x + to.width)];
  const isBeside = left >= right;
  const isFar = Math.abs(to.y - from.y) > HEIGHT * 1.6;
  const x1 = isBeside
    ? from.x < to.x
      ? from.x + from.width
      : from.x
    : isFar
      ? right - 12
      : (left + right) / 2;
  const x2 = isBeside ? (from.x < to.x ? to.x : to.x + to.width) : x1;
  const y1 = isBeside ? from.y + HEIGHT / 2 : from.y < to.y ? from.y + HEIGHT : from.y;
  const y2 = isBeside ? to.y + HEIGHT / 2 : from.y < to.y ? to.y : to.y + HEIGHT;
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#57606a" stroke-width="1.5" marker-end="url(#tip)"/>`;
}
