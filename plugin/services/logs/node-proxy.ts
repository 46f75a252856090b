import {fileLine} from '../../../src/logs/node-lines.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {UserError} from '../../errors.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions} from '../access.ts';
import type {NodeLogRun} from './node-lines.ts';
import {IS_FILE, IS_NONE} from '../node-log-query.ts';
import {askedFor, writeLines} from './node-lines.ts';
import {tailOf, usage} from './query.ts';

/** What NodeLogQuery takes as the name of a service: its own rule, so that nothing else reaches a node. */
const SERVICE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
/** Most lines that NodeLogQuery gives (kubernetes `pkg/kubelet/kubelet_server_journal.go`). */
const MAX_TAIL = 100_000;
/** What it says itself in place of a log is no longer. */
const MAX_WORDS = 512;

/**
 * Shows the log of a service through the kubelet's NodeLogQuery
 * (https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#log-query): on Linux the journal, on Windows what
 * the service wrote into the Application log, or its file below `C:\\var\\log`.
 */
export async function readNodeProxy(run: NodeLogRun): Promise<void> {
  const {filter, flags, node, note, signal} = run;
  const {source} = flags;
  if (source === undefined || flags['list-sources'] || flags.follow) {
    throw usage('--node-proxy takes --source SERVICE, and can neither list nor follow');
  }
  if (!SERVICE.test(source)) throw usage(`--source ${source} is no name of a service`);
  note('nodes/proxy is a far-reaching right: who may GET it may run commands in every pod of the node');
  const {since, tail} = askedFor(filter, flags);
  const query = new URLSearchParams({query: source});
  if (since !== undefined) query.set('sinceTime', rfc3339(since));
  if (tail !== undefined) query.set('tailLines', String(Math.min(tail, MAX_TAIL)));
  const streams = new HttpApiStreams(loadKubeconfig(accessOptions(flags)));
  try {
    const open = (asked: URLSearchParams): Promise<AsyncIterable<Uint8Array>> =>
      streams.open(`/api/v1/nodes/${encodeURIComponent(node)}/proxy/logs/?${asked.toString()}`, signal);
    const read = fileLine(source, Date.now());
    const {start, stream} = await begun(await open(query));
    if (IS_NONE.test(start)) throw noLog(node, source);
    if (!IS_FILE.test(start)) await writeLines(run, stream, read);
    // Of a file the kubelet gives all, or nothing: what is wanted of it is chosen here.
    else await writeLines(run, await open(new URLSearchParams({query: source})), read, tailOf(flags));
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    throw new UserError(`the kubelet of ${node} gives no logs: ${error.message}`, {
      code: 'node-proxy',
      fix: [
        error.status === 403
          ? 'it needs `get` on nodes/proxy'
          : 'its configuration needs enableSystemLogHandler and, up to 1.35, enableSystemLogQuery with the gate NodeLogQuery',
        'or through the agent: kubectl win agent install',
      ],
      cause: error,
    });
  } finally {
    run.sink.flush();
    await streams.close();
  }
}

/** How an answer begins, and all of it; what the kubelet says itself may come in pieces. */
async function begun(
  answer: AsyncIterable<Uint8Array>,
): Promise<{start: string; stream: AsyncIterable<Uint8Array>}> {
  const chunks = answer[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let start = '';
  while (start.length < MAX_WORDS) {
    const {done, value} = await chunks.next();
    if (done) break;
    head.push(value);
    start += Buffer.from(value).toString('latin1', 0, MAX_WORDS);
  }
  return {start, stream: joined(head, chunks)};
}

async function* joined(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function noLog(node: string, source: string): UserError {
  return new UserError(`the kubelet of ${node} has no log of ${source}`, {
    code: 'node-proxy',
    fix: [
      'on Linux it knows services of systemd and files below /var/log, on Windows event providers and files below C:\\var\\log',
    ],
  });
}
