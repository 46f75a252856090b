import {posix} from 'node:path';
import {at, objectAt, objectsAt, parseJson, textAt, textsAt} from '../../../src/cri/json.ts';
import type {JsonObject} from '../../../src/cri/json.ts';
import {isHypervisorHandler} from '../../../src/data/handlers.ts';
import {guidOf} from '../../../src/hns/values.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {PodRef} from '../../../src/protocol/probes/orders.ts';
import type {Network} from '../child-setup.ts';
import {ndotsOf} from '../dns-settings.ts';
import type {DnsSettings} from '../dns-settings.ts';
import type {NoPlace, Place} from './place.ts';

/** The ready sandbox of a pod among those that the runtime lists; the last one where the kubelet made it anew. */
export function sandboxOf(pod: PodRef, items: readonly JsonObject[]): JsonObject | undefined {
  const {namespace, name, uid} = pod;
  return items
    .filter(item => {
      const of = objectAt(item, 'metadata');
      const isPod = of['namespace'] === namespace && of['name'] === name;
      return isPod && (uid === undefined || of['uid'] === uid) && item['state'] === 'SANDBOX_READY';
    })
    .toSorted((a, b) => attemptOf(b) - attemptOf(a))[0];
}

function attemptOf(item: JsonObject): number {
  const attempt = at(item, 'metadata', 'attempt');
  return typeof attempt === 'number' ? attempt : 0;
}

/** Reads a verbose answer of PodSandboxStatus: the pod's network, and the DNS settings that the kubelet gave it. */
export function placeOf(answer: JsonObject, {os, root}: {os: AgentOs; root: string}): Place | NoPlace {
  const info = parseJson(textAt(answer, 'info', 'info') ?? '');
  const network = os === 'windows' ? windowsNetwork(answer, info) : linuxNetwork(info, root);
  return 'error' in network ? network : {network, dns: dnsOf(info)};
}

/** CRI-O's word for the resolv.conf that it made for a pod (https://github.com/cri-o/cri-o/blob/main/internal/annotations/internal.go). */
const RESOLV_PATH = 'io.kubernetes.cri-o.ResolvPath';
/** Where it keeps such files; nothing else is read. */
const RESOLV_FILE =
  /^(?:\/var)?\/(?:run|lib)\/containers\/storage\/[\w-]+\/[0-9a-f]{1,64}\/userdata\/resolv\.conf$/;

/** The pod's resolv.conf on its node, where the runtime tells it in place of a configuration. */
export function resolvFileOf(answer: JsonObject): string | undefined {
  const info = parseJson(textAt(answer, 'info', 'info') ?? '');
  const path = textAt(info, 'runtimeSpec', 'annotations', RESOLV_PATH) ?? '';
  return RESOLV_FILE.test(path) ? path.replace(/^\/var\/run\//, '/run/') : undefined;
}

/** CRI-O tells no configuration of a sandbox, but a file. */
function dnsOf(info: unknown): DnsSettings {
  const config = objectAt(info, 'config', 'dns_config');
  return {
    servers: textsAt(config, 'servers'),
    searches: textsAt(config, 'searches'),
    ndots: ndotsOf(textsAt(config, 'options')),
  };
}

/** containerd sets it on what it starts as a HostProcess container. */
const HOST_PROCESS = 'microsoft.com/hostprocess-container';

function windowsNetwork(answer: JsonObject, info: unknown): Network | NoPlace {
  if (textAt(info, 'runtimeSpec', 'annotations', HOST_PROCESS) === 'true') return {kind: 'host'};
  const handler = textAt(answer, 'status', 'runtimeHandler') ?? textAt(info, 'runtimeHandler');
  if (isHypervisorHandler(handler) || at(info, 'runtimeSpec', 'windows', 'hyperv') !== undefined)
    return {
      error: 'unsupported',
      detail: 'a pod with Hyper-V isolation has its network in its own virtual machine',
    };
  const namespace = guidOf(
    textAt(info, 'runtimeSpec', 'windows', 'network', 'networkNamespace') ??
      textAt(info, 'sandboxMetadata', 'Metadata', 'NetNSPath'),
  );
  return namespace === undefined
    ? {error: 'failed', detail: 'the runtime does not say which HNS namespace the pod has'}
    : {kind: 'compartment', namespace};
}

/**
 * What a runtime may name as the file of a network namespace: `/var/run/netns/cni-…`, the same below its own state where it is
 * told so, `/proc/PID/ns/net`. Nothing else is opened.
 */
const NETNS_FILE = /^(?:(?:\/(?!\.\.?\/)[^/]+)+\/netns\/(?!\.\.?$)[\w.-]+|\/proc\/\d+\/ns\/net)$/;

function linuxNetwork(info: unknown, root: string): Network | NoPlace {
  const found = objectsAt(info, 'runtimeSpec', 'linux', 'namespaces').find(n => n['type'] === 'network');
  // A pod with hostNetwork has none of its own.
  if (!found && at(info, 'runtimeSpec', 'linux') !== undefined) return {kind: 'host'};
  const pid = at(info, 'pid');
  const path = textAt(found, 'path') ?? (typeof pid === 'number' && pid > 0 ? `/proc/${pid}/ns/net` : '');
  if (!NETNS_FILE.test(path))
    return {error: 'failed', detail: 'the runtime does not say which network namespace the pod has'};
  // `/run` is mounted under its own name, the rest of the node's file system below the root.
  const own = path.replace(/^\/var\/run\//, '/run/');
  return {kind: 'netns', path: own.startsWith('/run/') ? own : posix.join(root || '/', own)};
}
