import type {AgentOs} from '../protocol/names.ts';
import {AGENT_DAEMON_SETS, AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels, labelValue, selectorLabels, VERSION_LABEL} from './labels.ts';
import {linuxPod} from './linux-pod.ts';
import type {AgentSettings, ManifestObject} from './settings.ts';
import {windowsPod} from './windows-pod.ts';

/** The agents of one operating system: one pod a node. */
export function daemonSet(os: AgentOs, settings: AgentSettings): ManifestObject {
  const version = {[VERSION_LABEL]: labelValue(settings.version)};
  const share = settings.maxUnavailable;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: AGENT_DAEMON_SETS[os],
      namespace: AGENT_NAMESPACE,
      labels: {...commonLabels(), ...selectorLabels(os), ...version},
    },
    spec: {
      selector: {matchLabels: selectorLabels(os)},
      revisionHistoryLimit: 1,
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: {maxUnavailable: share.endsWith('%') ? share : Number(share)},
      },
      template: {
        metadata: {labels: {...commonLabels(), ...selectorLabels(os), ...version}},
        spec: {...shared(os, settings), ...(os === 'windows' ? windowsPod(settings) : linuxPod(settings))},
      },
    },
  };
}

/** What the pods of both operating systems have in common. No token, no Service variables: an agent talks to nobody. */
function shared(os: AgentOs, {nodes, nodeSelector, tolerations, pullSecrets}: AgentSettings): object {
  return {
    os: {name: os},
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    terminationGracePeriodSeconds: 10,
    nodeSelector: {'kubernetes.io/os': os, ...nodeSelector},
    tolerations,
    ...(pullSecrets.length > 0 && {imagePullSecrets: pullSecrets.map(name => ({name}))}),
    ...(nodes.length > 0 && {affinity: onlyOn(nodes)}),
  };
}

/** `matchFields` goes by the node's own name, which its label of the same use may not be. One term a node: a field takes one value. */
function onlyOn(nodes: readonly string[]): object {
  const nodeSelectorTerms = nodes.map(name => ({
    matchFields: [{key: 'metadata.name', operator: 'In', values: [name]}],
  }));
  return {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}};
}
