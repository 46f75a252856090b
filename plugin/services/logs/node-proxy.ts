import {fileLine} from '../../../src/logs/node-lines.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {UserError} from '../../errors.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions} from '../access.ts';
import type {NodeLogRun} from './node-lines.ts';
import {askedFor, writeLines} from './node-lines.ts';
import {usage} from './query.ts';

/** What NodeLogQuery takes as the name of a service: its own rule, so that nothing else reaches a node. */
const SERVICE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
/** Most lines that NodeLogQuery gives (kubernetes `pkg/kubelet/kubelet_server_journal.go`). */
const MAX_TAIL = 100_000;

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
    const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/logs/?${query.toString()}`;
    await writeLines(run, await streams.open(path, signal), fileLine(source, Date.now()));
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
