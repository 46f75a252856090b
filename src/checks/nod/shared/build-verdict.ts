import {buildName, buildOf} from '../../../data/builds.ts';
import {isKnownProvider, providerBuild} from '../../../data/providers.ts';
import type {Provider} from '../../../kube/provider.ts';
import {providerOfNode} from '../../../kube/provider.ts';
import type {Node} from '../../../kube/types.ts';
import type {Version} from '../../../kube/version.ts';
import {compareVersions, minorOf, parseVersion} from '../../../kube/version.ts';
import {millis} from '../../../snapshot/time.ts';
import type {Severity} from '../../define.ts';

/** What is wrong with a Windows build on a node. */
export interface Verdict {
  cause: string;
  severity: Severity;
  message: string;
  link?: string;
}

/** Judges the build of a node by what its provider states, else by Microsoft's dates and by what Kubernetes lists. */
export function verdictOn(node: Node, build: number, now: number): Verdict | undefined {
  const kubelet = parseVersion(node.status.nodeInfo?.kubeletVersion);
  const provider = providerOfNode(node);
  const stated = provider && providerBuild(provider, build);
  const verdict =
    provider && isKnownProvider(provider) ? byProvider({provider, build, kubelet, now}) : undefined;
  if (verdict) return verdict;
  // A provider that gives a date of its own keeps the build patched until then.
  if (stated?.endOfSupport !== undefined) return undefined;
  return byMicrosoft(build, now) ?? (stated ? undefined : byKubernetes(build, kubelet));
}

interface Case {
  provider: Provider;
  build: number;
  kubelet: Version | undefined;
  now: number;
}

function byProvider({provider, build, kubelet, now}: Case): Verdict | undefined {
  const name = buildName(build);
  const who = provider.toUpperCase();
  const row = providerBuild(provider, build);
  if (!row)
    return {
      cause: `${provider}-${build}-not-offered`,
      severity: 'warning',
      message: `${who} does not list ${name} for nodes`,
    };
  const {endOfSupport, from, to, link} = row;
  if (endOfSupport !== undefined && now >= (millis(endOfSupport) ?? Infinity)) {
    return {
      cause: `${provider}-${build}-ended`,
      severity: 'error',
      message: `${who} ended support for ${name} on ${endOfSupport}`,
      link,
    };
  }
  if (to !== undefined && kubelet && isBeyond(kubelet, to)) {
    return {
      cause: `${provider}-${build}-too-old`,
      severity: 'error',
      message: `${who} runs ${name} up to Kubernetes ${to}, and the node has ${minorOf(kubelet)}`,
      link,
    };
  }
  if (from !== undefined && kubelet && isBefore(kubelet, from)) {
    return {
      cause: `${provider}-${build}-too-new`,
      severity: 'warning',
      message: `${who} runs ${name} from Kubernetes ${from} on, and the node has ${minorOf(kubelet)}`,
      link,
    };
  }
  return undefined;
}

function byMicrosoft(build: number, now: number): Verdict | undefined {
  const known = buildOf(build);
  if (!known || now <= (millis(known.endOfSupport) ?? Infinity)) return undefined;
  return {
    cause: `${build}-out-of-updates`,
    severity: 'error',
    message: `Microsoft ended updates for ${buildName(build)} on ${known.endOfSupport}`,
    link: 'https://learn.microsoft.com/windows-server/get-started/windows-server-release-info',
  };
}

function byKubernetes(build: number, kubelet: Version | undefined): Verdict | undefined {
  const known = buildOf(build);
  const name = buildName(build);
  if (!known?.node)
    return {
      cause: `${build}-no-node`,
      severity: 'warning',
      message: `Kubernetes lists no ${name} for nodes`,
    };
  const {from, to} = known.kubernetes ?? {};
  if (!kubelet) return undefined;
  if (to !== undefined && isBeyond(kubelet, to)) {
    return {
      cause: `${build}-not-listed-any-more`,
      severity: 'warning',
      message: `Kubernetes ${minorOf(kubelet)} does not list ${name} for nodes any more`,
    };
  }
  if (from !== undefined && isBefore(kubelet, from)) {
    return {
      cause: `${build}-not-listed-yet`,
      severity: 'warning',
      message: `Kubernetes ${minorOf(kubelet)} came out before ${name} was listed for nodes (${from})`,
    };
  }
  return undefined;
}

function isBeyond(version: Version, minor: string): boolean {
  const last = parseVersion(minor);
  return last !== undefined && compareVersions({...version, patch: 0}, last) > 0;
}

function isBefore(version: Version, minor: string): boolean {
  const first = parseVersion(minor);
  return first !== undefined && compareVersions({...version, patch: 0}, first) < 0;
}
