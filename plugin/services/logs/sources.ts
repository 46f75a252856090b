import {CapturedApi} from '../../logs/captured-api.ts';
import type {NamedTarget} from '../../logs/kinds.ts';
import {loadSnapshotFrom} from '../../capture/load.ts';
import {openCapture} from '../../capture/open.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import type {ApiStreams} from '../../kube/api-streams.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions} from '../access.ts';
import type {LiveLogsFlags} from './query.ts';

/** Where logs come from: a cluster, or a capture. */
export interface LogSources {
  reader: ApiReader;
  streams: ApiStreams;
  /** The namespace of what is named without one. */
  namespaceFor(target: NamedTarget | undefined): string;
  close(): Promise<unknown>;
}

/** Opens the cluster of a kubeconfig, or the capture that `--from` names. Throws a `UserError`. */
export async function openSources(
  flags: LiveLogsFlags,
  {signal, note}: {signal: AbortSignal; note: (text: string) => void},
): Promise<LogSources> {
  return flags.from === undefined ? live(flags) : captured(flags.from, flags, {signal, note});
}

function live(flags: LiveLogsFlags): LogSources {
  const access = loadKubeconfig(accessOptions(flags));
  const reader = new HttpApiReader(access);
  const streams = new HttpApiStreams(access);
  return {
    reader,
    streams,
    namespaceFor: () => access.namespace,
    close: () => Promise.all([reader.close(), streams.close()]),
  };
}

async function captured(
  path: string,
  {namespace, identity = []}: LiveLogsFlags,
  {signal, note}: {signal: AbortSignal; note: (text: string) => void},
): Promise<LogSources> {
  const how = {signal, identities: identity};
  const {snapshot, notes} = await loadSnapshotFrom(path, how);
  for (const text of notes) note(text);
  const api = new CapturedApi(snapshot, await openCapture(path, how));
  return {
    reader: api,
    streams: api,
    // No namespace is current in a capture: what stands in one alone is meant.
    namespaceFor: target =>
      namespace ??
      (target && api.namespaceOf(target.kind.by === 'name' ? 'pods' : target.kind.plural, target.name)) ??
      'default',
    close: () => Promise.resolve(),
  };
}
