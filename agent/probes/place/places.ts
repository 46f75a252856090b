import {getServers} from 'node:dns';
import {objectsAt} from '../../../src/cri/json.ts';
import type {JsonObject} from '../../../src/cri/json.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {PodRef} from '../../../src/protocol/probes/orders.ts';
import {CollectError} from '../../collect/collector.ts';
import {CALLS} from '../../cri/calls.ts';
import type {RuntimeClient} from '../../cri/client.ts';
import {isGone} from '../../cri/failure.ts';
import {withRuntime} from '../../cri/ports.ts';
import type {RuntimePorts} from '../../cri/ports.ts';
import {hostPath, textOf} from '../../linux/host.ts';
import {DEFAULT_NDOTS, readResolvConf} from '../dns-settings.ts';
import type {DnsSettings} from '../dns-settings.ts';
import type {NoPlace, Place, Places} from './place.ts';
import {placeOf, resolvFileOf, sandboxOf} from './sandbox.ts';

/** What finding places needs. */
export interface PlacePorts {
  readonly os: AgentOs;
  /** Where the node's own file system is mounted; empty where it is ours. */
  readonly root: string;
  readonly runtime: RuntimePorts;
}

/** Vantage points by what the node's runtime says. */
export function runtimePlaces({os, root, runtime}: PlacePorts): Places {
  return {
    host: async () => ({
      network: {kind: 'host'},
      dns:
        os === 'linux'
          ? await hostResolver(root)
          : {servers: getServers(), searches: [], ndots: DEFAULT_NDOTS},
    }),
    async pods(pods, signal) {
      if (pods.length === 0) return [];
      try {
        return await withRuntime(runtime, {signal}, async client => {
          const items = objectsAt(await client.ask(CALLS.listPodSandbox()), 'items');
          return await Promise.all(pods.map(pod => find(pod, {items, client, os, root})));
        });
      } catch (error) {
        const none = noPlace(error);
        return pods.map(() => none);
      }
    },
  };
}

async function find(
  pod: PodRef,
  {items, client, ...node}: {items: readonly JsonObject[]; client: RuntimeClient; os: AgentOs; root: string},
): Promise<Place | NoPlace> {
  const sandbox = sandboxOf(pod, items);
  if (!sandbox) return {error: 'gone', detail: 'the pod is not running on this node'};
  try {
    const asked = {podSandboxId: sandbox['id'], verbose: true};
    const answer = await client.ask(CALLS.podSandboxStatus(), asked);
    const place = placeOf(answer, node);
    const file = resolvFileOf(answer);
    if ('error' in place || place.dns.servers.length > 0 || file === undefined) return place;
    // `/run` is mounted under its own name.
    return {...place, dns: await readAt(file.startsWith('/run/') ? '' : node.root, file)};
  } catch (error) {
    return isGone(error) ? {error: 'gone', detail: 'the pod has just ended'} : noPlace(error);
  }
}

function noPlace(error: unknown): NoPlace {
  if (!(error instanceof CollectError)) throw error;
  return {error: error.reason === 'unsupported' ? 'unsupported' : 'failed', detail: error.message};
}

/** A resolver on the host itself stands in front of the real servers, which the kubelet takes, too. */
const BEHIND_SYSTEMD = '/run/systemd/resolve/resolv.conf';

async function hostResolver(root: string): Promise<DnsSettings> {
  const own = await readAt(root, '/etc/resolv.conf');
  return own.servers.every(server => /^(?:127\.|::1$)/.test(server))
    ? await readAt(root, BEHIND_SYSTEMD)
    : own;
}

async function readAt(root: string, path: string): Promise<DnsSettings> {
  return readResolvConf((await textOf(await hostPath({root}, path))) ?? '');
}
