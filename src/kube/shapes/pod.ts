import type * as kube from '../types.ts';
import {fields, flag, integer, list, text} from '../shape.ts';
import {condition, object, time} from './object.ts';
import {podSpec} from './pod-spec.ts';
import {image, message} from './quoted.ts';

const containerState = fields<kube.ContainerState>({
  waiting: fields({reason: text, message}),
  running: fields({startedAt: time}),
  terminated: fields({
    exitCode: integer,
    signal: integer,
    reason: text,
    message,
    startedAt: time,
    finishedAt: time,
  }),
});
const containerStatus = fields<kube.ContainerStatus>(
  {
    name: text,
    ready: flag,
    started: flag,
    restartCount: integer,
    image,
    imageID: text,
    state: containerState,
    lastState: containerState,
  },
  {name: ''},
);

/** Pods as the API lists them. */
export const pod = object<kube.Pod>(
  'Pod',
  {
    // Filled from `spec.nodeName` once the spec is shared (`snapshot/assemble.ts`).
    nodeName: () => undefined,
    spec: podSpec,
    status: fields({
      phase: text,
      reason: text,
      message,
      podIP: text,
      podIPs: list(fields<{ip: string}>({ip: text}, {ip: ''})),
      hostIP: text,
      startTime: time,
      qosClass: text,
      conditions: list(condition),
      containerStatuses: list(containerStatus),
      initContainerStatuses: list(containerStatus),
    }),
  },
  {spec: {containers: []}, status: {}},
);
