import {decodeText} from '../../../src/capture/decode.ts';
import type {CaptureFiles} from '../../../src/capture/files.ts';
import {placesOf} from '../../../src/capture/layout.ts';
import {recognize} from '../../../src/capture/recognize.ts';
import {nearest} from '../../../src/explain/nearest.ts';
import {splitEvents, oneLine} from '../../../src/logs/event-lines.ts';
import {nodeFileOf} from '../../../src/node/paths.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {LogRequest, LogSource} from '../../../src/protocol/sources.ts';
import {millis} from '../../../src/snapshot/time.ts';
import {UserError} from '../../errors.ts';
import type {OpenBundle} from '../bundle/open-bundle.ts';
import {openBundle} from '../bundle/open-bundle.ts';
import {capturedSources} from './captured-sources.ts';
import type {CapturedSource, NodeFile} from './captured-sources.ts';
import type {NodeLogRun} from './node-lines.ts';
import type {NodeLogs} from './node-logs.ts';
import {assertAsked, showNodeLog} from './node-logs.ts';
import {usage} from './query.ts';

const LF = 0x0a;

/** Shows a log of a node that a capture holds, or which it holds. Throws a `UserError`. */
export async function readCapturedNodeLog(run: NodeLogRun & {from: string}): Promise<void> {
  const {flags, from, node, note, signal} = run;
  if (flags.follow) throw usage('nothing comes to a capture any more: --from and -f exclude each other');
  if (flags['node-proxy'])
    throw usage('--node-proxy asks a kubelet: --from and --node-proxy exclude each other');
  assertAsked(run);
  try {
    const opened = await openBundle(from, {signal, identities: flags.identity ?? []});
    const logs = new CapturedNodes(opened).of(node);
    if ((await logs.sources()).length === 0) throw noLogs(opened, node);
    for (const text of logs.notes) note(text);
    await showNodeLog(run, logs);
  } finally {
    run.sink.flush();
  }
}

/** What of the logs of nodes a capture holds. */
export class CapturedNodes {
  readonly #opened: OpenBundle;
  readonly #files = new Map<string, {os: AgentOs; files: NodeFile[]}>();

  constructor(opened: OpenBundle) {
    this.#opened = opened;
    const {listed, root, manifest} = opened;
    const paths = listed.map(file => file.path);
    const places = placesOf(recognize(paths).layout, root, paths);
    const told = new Map(manifest?.files.map(file => [root + file.path, file.source]));
    for (const {path} of listed) {
      const place = places.get(path);
      const found = place?.role === 'node' ? place : nodeFileOf(path.slice(root.length));
      if (!found) continue;
      const node = this.#files.get(found.node) ?? {os: found.os, files: []};
      node.files.push({path, file: found.file, source: told.get(path)});
      this.#files.set(found.node, node);
    }
  }

  /** The logs of a node; none where the capture holds none. Throws a `UserError` where it has nothing of such a node. */
  of(node: string): CapturedNodeLogs {
    const {files, manifest} = this.#opened;
    const found = this.#files.get(node);
    if (!found && !manifest?.missing.some(gap => gap.node === node)) {
      const names = [...this.#files.keys()];
      const meant = nearest(node, names);
      throw new UserError(`${files.name} has nothing of a node ${node}`, {
        code: 'no-target',
        fix: [meant === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${meant}?`],
      });
    }
    const sources = found ? capturedSources(found.files, found.os) : [];
    return new CapturedNodeLogs(files, {node, sources, at: millis(manifest?.time) ?? Date.now()});
  }
}

/** Why a capture has no logs of a node, as far as it says. */
function noLogs({files, manifest}: OpenBundle, node: string): UserError {
  const gap = manifest?.missing.find(one => one.node === node);
  const why = gap ? `: ${gap.detail}` : '';
  return new UserError(`${files.name} has no logs of node ${node}${why}`, {
    code: 'node-logs',
    fix: [
      'collect one while an agent runs on the node: `kubectl win agent install`, then `kubectl win bundle`',
    ],
  });
}

/** The logs of one node in a capture. */
export class CapturedNodeLogs implements NodeLogs {
  readonly node: string;
  readonly at: number;
  /** What was found to be damaged so far, a sentence each. */
  readonly notes: string[] = [];
  readonly #files: CaptureFiles;
  readonly #sources: readonly CapturedSource[];

  constructor(
    files: CaptureFiles,
    {node, at, sources}: {node: string; at: number; sources: readonly CapturedSource[]},
  ) {
    this.#files = files;
    this.node = node;
    this.at = at;
    this.#sources = sources;
    if (files.damage !== undefined) this.notes.push(files.damage);
  }

  sources(): Promise<readonly LogSource[]> {
    return Promise.resolve(this.#sources);
  }

  async *log({source: id, tail}: LogRequest): AsyncGenerator<Uint8Array> {
    const source = this.#sources.find(one => one.id === id);
    if (!source) return;
    const texts = new Map<string, string>();
    for await (const {path, bytes} of this.#files.read(new Set(source.paths)))
      texts.set(path, decodeText(bytes).text);
    const whole = source.paths.map(path => linesOf(texts.get(path) ?? '', source.kind)).join('');
    yield lastLines(Buffer.from(whole), tail);
  }
}

/** A file as the agent sends it: lines, each with its end; of a channel an event each, the oldest first. */
function linesOf(text: string, kind: LogSource['kind']): string {
  if (kind === 'channel')
    return splitEvents(text)
      .toReversed()
      .map(event => `${oneLine(event)}\n`)
      .join('');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function lastLines(bytes: Buffer, count: number | undefined): Buffer {
  if (count === undefined) return bytes;
  let at = bytes.length;
  for (let left = count; left > 0 && at > 0; left--) at = at < 2 ? 0 : bytes.lastIndexOf(LF, at - 2) + 1;
  return bytes.subarray(at);
}
