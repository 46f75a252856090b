import type {BundleDiff} from '../../../src/bundle-diff/change.ts';
import type {Captured} from '../../../src/bundle-diff/captured.ts';
import {capturedOf} from '../../../src/bundle-diff/captured.ts';
import {diffCaptures} from '../../../src/bundle-diff/diff.ts';
import {foundIn} from '../../../src/bundle-diff/findings.ts';
import type {NodeFacts} from '../../../src/bundle-diff/nodes.ts';
import {FactPool, nodeFacts} from '../../../src/bundle-diff/nodes.ts';
import {renderDiff} from '../../../src/bundle-diff/text.ts';
import {windowsNodesOf} from '../../../src/inventory/list.ts';
import {EXIT, failsRun} from '../../../src/report/exit.ts';
import type {ExitCode, FailOn} from '../../../src/report/exit.ts';
import {renderJson, renderYaml} from '../../../src/report/json.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {keepHeapSmall} from '../../heap.ts';
import type {ColorChoice} from '../../terminal.ts';
import {paletteFor} from '../../terminal.ts';
import type {InventoryRun} from '../inventory.ts';
import {judgeCapture} from './judge-capture.ts';
import {writeResult} from '../result.ts';

/** Flags of `bundle diff`. */
export interface BundleDiffFlags {
  output: 'text' | 'json' | 'yaml';
  'output-file'?: string | undefined;
  'fail-on': FailOn;
  strict: boolean;
  color: ColorChoice;
  verbose: number;
  identity?: string[] | undefined;
}

/** Shows what changed between two captures; answers the exit code. */
export async function showDiff(
  [first, second]: readonly [string, string],
  flags: BundleDiffFlags,
  {signal, note}: InventoryRun,
): Promise<ExitCode> {
  keepHeapSmall();
  const pool = new FactPool();
  const reading = {pool, signal, note, identity: flags.identity};
  const before = await read(first, reading);
  const diff = diffCaptures(before, await read(second, reading));
  const file = flags['output-file'];
  const palette = file === undefined ? paletteFor(process.stdout, flags.color) : PLAIN;
  const render = {
    text: () => renderDiff(diff, palette),
    json: () => renderJson(diff),
    yaml: () => renderYaml(diff),
  };
  await writeResult(render[flags.output](), file);
  return exitCodeOf(diff, flags);
}

function exitCodeOf({findings, unknown}: BundleDiff, flags: BundleDiffFlags): ExitCode {
  if (
    findings.some(f => (f.change === 'new' || f.change === 'worse') && failsRun(f.severity, flags['fail-on']))
  )
    return EXIT.findings;
  return flags.strict && unknown.length > 0 ? EXIT.incomplete : EXIT.ok;
}

/** Reads and judges a capture as `doctor --from` does, and keeps what it is compared by. */
async function read(
  path: string,
  {pool, signal, note, identity}: InventoryRun & {pool: FactPool; identity: string[] | undefined},
): Promise<Captured> {
  const nodes = new Map<string, NodeFacts>();
  const {snapshot, judgement, locate, notes} = await judgeCapture(path, {
    signal,
    identity,
    output: 'json',
    watch: (one, name) => {
      nodes.set(name, nodeFacts(one, name, pool));
    },
  });
  for (const text of notes) note(text);
  for (const {metadata} of windowsNodesOf(snapshot)) {
    if (!nodes.has(metadata.name)) nodes.set(metadata.name, nodeFacts(snapshot, metadata.name, pool));
  }
  return capturedOf(snapshot, foundIn(judgement, locate), nodes);
}
