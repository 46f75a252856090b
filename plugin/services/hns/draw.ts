import {hnsGraph} from '../../../src/hns-graph/build.ts';
import {GRAPH_KEYS, comparedNode} from '../../../src/hns-graph/compared.ts';
import type {HnsGraph} from '../../../src/hns-graph/graph.ts';
import {faultsOf} from '../../../src/hns-graph/graph.ts';
import type {HnsChoice} from '../../../src/inventory/hns/selection.ts';
import {choosesAll} from '../../../src/inventory/hns/selection.ts';
import {windowsNodesOf} from '../../../src/inventory/list.ts';
import type {NodeKey} from '../../../src/node/evidence.ts';
import {isNodeKey} from '../../../src/node/evidence.ts';
import type {NodeVisitor} from '../../../src/node/visitor.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {renderDot} from '../../../src/report/graph/dot.ts';
import {renderMermaid} from '../../../src/report/graph/mermaid.ts';
import {renderSvg} from '../../../src/report/graph/svg.ts';
import {renderWords} from '../../../src/report/graph/words.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {UserError} from '../../errors.ts';
import type {ColorChoice} from '../../terminal.ts';
import {paletteFor} from '../../terminal.ts';
import type {InventoryRun} from '../inventory.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {scopeOf} from '../read-snapshot.ts';
import {writeResult} from '../result.ts';
import type {ChoiceFlags} from './choice.ts';
import {choiceOf, withScope} from './choice.ts';
import {readHns} from './read.ts';

/** Flags of `hns graph`. */
export interface DrawFlags extends ReadFlags, ChoiceFlags {
  output: 'text' | 'mermaid' | 'dot' | 'svg';
  'output-file'?: string | undefined;
  color: ColorChoice;
}

/** Where nobody says which nodes, a picture of more than these helps nobody. */
const MOST_NODES = 4;

/** Draws the ways that flags choose; answers with the exit code. */
export async function drawGraph(flags: DrawFlags, {signal, note}: InventoryRun): Promise<number> {
  const choice = choiceOf(flags);
  const scope = scopeOf(flags);
  if (choosesAll(choice) && scope.namespace === undefined && scope.selector === undefined) {
    throw new UserError('everything at once is no picture', {
      code: 'bad-flag',
      fix: ['say what to draw: `--service NS/NAME`, `--pod NS/NAME` or `--vip IP[:PORT]`'],
      exitCode: EXIT.usage,
    });
  }
  const graphs = new Graphs(api => withScope(choice, scope, api));
  const {snapshot, notes, nodes} = await readHns(flags, {keys: GRAPH_KEYS, signal, visitor: graphs});
  for (const text of notes) note(text);
  const all = graphs.of(snapshot, nodes);
  const drawn = nodes ? all : all.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_NODES);
  const file = flags['output-file'];
  const palette = file === undefined ? paletteFor(process.stdout, flags.color) : PLAIN;
  await writeResult(
    render(drawn, flags.output, () => renderWords(drawn, palette)),
    file,
  );
  if (drawn.length < all.length) {
    const broken = all.filter(g => faultsOf(g).length > 0).length;
    note(`${drawn.length} of ${all.length} nodes are drawn, ${broken} have a fault; \`--node\` chooses`);
  }
  return EXIT.ok;
}

/** Broken ones first, then those with something to see, then the others. */
function rank(graph: HnsGraph): number {
  if (faultsOf(graph).length > 0) return 0;
  return graph.steps.length > 0 ? 1 : 2;
}

function render(graphs: readonly HnsGraph[], output: DrawFlags['output'], words: () => string): string {
  switch (output) {
    case 'mermaid':
      return renderMermaid(graphs);
    case 'dot':
      return renderDot(graphs);
    case 'svg':
      return renderSvg(graphs, {standalone: true});
    case 'text':
      return words();
    default:
      return output satisfies never;
  }
}

/** Draws node by node, as evidence comes. */
class Graphs implements NodeVisitor {
  readonly letGo: ReadonlySet<NodeKey> = new Set(GRAPH_KEYS.filter(isNodeKey));
  readonly #choiceIn: (api: Snapshot) => HnsChoice;
  readonly #graphs = new Map<string, HnsGraph>();
  #api: Snapshot | undefined;
  #choice: HnsChoice = {};

  constructor(choiceIn: (api: Snapshot) => HnsChoice) {
    this.#choiceIn = choiceIn;
  }

  begin(api: Snapshot): void {
    this.#api = api;
    this.#choice = this.#choiceIn(api);
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (!this.#api) throw new TypeError(`${name} came before the API`);
    const one = {...this.#api, evidence: {...this.#api.evidence, ...evidence}};
    this.#graphs.set(name, hnsGraph(comparedNode(one, name), this.#choice));
  }

  of(snapshot: Snapshot, nodes: ReadonlySet<string> | undefined): HnsGraph[] {
    if (!this.#api) this.begin(snapshot);
    const names = windowsNodesOf(snapshot).map(n => n.metadata.name);
    return names
      .filter(name => nodes?.has(name) ?? true)
      .map(name => this.#graphs.get(name) ?? hnsGraph(comparedNode(snapshot, name), this.#choice));
  }
}
