import {osOfNode} from '../../../src/kube/os.ts';
import {checkAnswer} from '../../../src/report/probes/lists.ts';
import {verdictSentence} from '../../../src/report/probes/check-text.ts';
import {matrixHtml} from '../../../src/report/probes/matrix-html.ts';
import {matrixCsv, matrixText, roomFor} from '../../../src/report/probes/matrix-text.ts';
import {matrixOf} from '../../../src/report/probes/matrix.ts';
import type {ExitCode} from '../../../src/report/exit.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {visible, visibleJson} from '../../../src/report/visible.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {paletteFor} from '../../terminal.ts';
import type {InventoryRun} from '../inventory.ts';
import {writeResult} from '../result.ts';
import type {Judged, NetFlags} from './check.ts';
import {exitOf, tryAndJudge} from './check.ts';

/** Flags of `net matrix`. */
export interface MatrixFlags extends NetFlags {
  output: 'text' | 'json' | 'csv' | 'html';
}

/** Columns of a terminal where nobody says how wide it is. */
const WIDTH = 80;
/** A picture takes many more, and is still one that a browser draws. */
const PICTURE = 150;
const ZONE = 'topology.kubernetes.io/zone';

/** Shows which nodes reach which; answers with the exit code. */
export async function showMatrix(flags: MatrixFlags, run: InventoryRun): Promise<ExitCode> {
  const judged = await tryAndJudge(flags, run);
  await writeResult(render(judged, flags), flags['output-file']);
  return exitOf(judged);
}

function render(judged: Judged, {output, color, 'output-file': file}: MatrixFlags): string {
  const groupOf = groupingOf(judged.snapshot);
  switch (output) {
    case 'json':
      return visibleJson(`${JSON.stringify(checkAnswer(judged), undefined, 2)}\n`);
    case 'csv':
      return matrixCsv(matrixOf(judged.probing, Infinity, groupOf));
    case 'html':
      return matrixHtml(
        matrixOf(judged.probing, PICTURE, groupOf),
        `Connections between nodes of ${judged.snapshot.source.name}`,
      );
    case 'text': {
      const width = Math.min(process.stdout.columns || WIDTH, WIDTH);
      const palette = file === undefined ? paletteFor(process.stdout, color) : PLAIN;
      const matrix = matrixOf(judged.probing, roomFor(width), groupOf);
      return `${matrixText(matrix, palette)}\n${visible(verdictSentence(judged))}.\n`;
    }
    default:
      return output satisfies never;
  }
}

/** Operating system and zone of nodes. */
function groupingOf(snapshot: Snapshot): (node: string) => string {
  const nodes = evidenceOf(snapshot, 'nodes');
  const groups = new Map(
    (nodes.ok ? nodes.value : []).map(node => {
      const zone = node.metadata.labels?.[ZONE];
      return [node.metadata.name, `${osOfNode(node) ?? 'other'}${zone === undefined ? '' : ` ${zone}`}`];
    }),
  );
  return name => groups.get(name) ?? 'other';
}
