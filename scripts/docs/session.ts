import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {BACKGROUND, CELL, frame, MARGIN, rows} from './terminal.ts';

const root = join(import.meta.dirname, '..', '..');

/** What is typed, one after the other: nodes, the verdict, and what one finding means. */
const COMMANDS = [
  ['nodes', '--from', 'plugin/sample'],
  ['doctor', '--from', 'plugin/sample', '--check', 'NOD,IMG,SCH'],
  ['explain', 'IMG001'],
] as const;
/** Lines of the terminal. */
const LINES = 36;
/** Seconds: for a key, before the answer, and to read a line of it, with a least and a most. */
const PACE = {key: 0.06, answer: 0.5, line: 0.25, least: 3, most: 9};

/** Characters more than were typed: fonts differ in their width. */
const SPARE = 2;

/** A session on the sample as a picture that moves, drawn from what the program prints; it stands still for those who ask for less motion. */
export async function session(): Promise<string> {
  const scenes = await Promise.all(
    COMMANDS.map(async words => {
      const command = `kubectl win ${words.join(' ')}`;
      const printed = (await output(words)).trimEnd().split('\n');
      const lines = printed.length > LINES - 2 ? [...printed.slice(0, LINES - 3), '…'] : printed;
      const typing = command.length * PACE.key + PACE.answer;
      return {
        command,
        lines,
        typing,
        reading: Math.min(PACE.most, Math.max(PACE.least, lines.length * PACE.line)),
      };
    }),
  );
  const total = scenes.reduce((sum, {typing, reading}) => sum + typing + reading, 0);
  const share = (seconds: number): string => `${((seconds / total) * 100).toFixed(2)}%`;
  let start = 0;
  const styles: string[] = [];
  const content: string[] = [];
  for (const [i, {command, lines, typing, reading}] of scenes.entries()) {
    const end = start + typing + reading;
    const [from, typed, answered, until] = [start, start + typing - PACE.answer, start + typing, end].map(
      share,
    );
    styles.push(
      `@keyframes s${i}{0%{opacity:0}${from}{opacity:1}${until}{opacity:0}100%{opacity:0}}`,
      `@keyframes a${i}{0%{opacity:0}${answered}{opacity:1}${until}{opacity:0}100%{opacity:0}}`,
      `@keyframes k${i}{0%,${from}{transform:translateX(0)}${typed},100%{transform:translateX(${((command.length + SPARE) * CELL.width).toFixed(1)}px)}}`,
      `.s${i}{animation:s${i} ${total.toFixed(2)}s step-end infinite}`,
      `.a${i}{animation:a${i} ${total.toFixed(2)}s step-end infinite}`,
      `.k${i}{animation:k${i} ${total.toFixed(2)}s linear infinite}`,
    );
    const prompt = MARGIN + 2 * CELL.width;
    content.push(
      `<g class="s${i}"${i === 1 ? '' : ' opacity="0"'}>`,
      ...rows([`$ ${command}`]),
      // What is still to be typed is covered.
      `<rect class="k${i} cover" x="${prompt.toFixed(1)}" y="${MARGIN}" width="100%" height="${CELL.height}" fill="${BACKGROUND}"/>`,
      `<g class="a${i}">`,
      ...rows(lines, 2),
      '</g>',
      '</g>',
    );
    start = end;
  }
  const style = `<style>${styles.join('')}@media(prefers-reduced-motion:reduce){g,rect{animation:none!important}.cover{display:none}}</style>`;
  return frame(LINES, 'A session: nodes, what is wrong with them, and what that means', [style, ...content]);
}

/** Of doctor 1 is an answer, too. */
async function output(words: readonly string[]): Promise<string> {
  const {HOME = '/', PATH = '', XDG_CACHE_HOME} = process.env;
  const env = {HOME, PATH, XDG_CACHE_HOME, KUBECTL_WIN_CONFIG: '', KUBECTL_WIN_COLOR: 'always'};
  return new Promise((resolve, reject) => {
    const args = [join(root, 'plugin', 'main.ts'), ...words];
    execFile(process.execPath, args, {cwd: root, env}, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`kubectl win ${words.join(' ')}: ${stderr}`));
      else resolve(stdout);
    });
  });
}
