import {guidOf} from '../hns/values.ts';
import {fields, integer, text} from '../kube/shape.ts';
import type {Reader} from '../kube/shape.ts';
import {rfc3339} from '../snapshot/time.ts';
import {textMap} from './cri.ts';
import type {Indexed} from './items.ts';
import {fieldOf, itemsOf} from './items.ts';

/** A pod sandbox (`cri/sandboxes.json`). */
export interface Sandbox {
  id: string;
  name: string;
  namespace: string;
  uid: string;
  attempt: number;
  ready: boolean;
  /** RFC 3339. */
  createdAt?: string;
  /** Empty: the default one. */
  runtimeHandler: string;
  /** The pause image that it runs. */
  image?: string;
  hostProcess: boolean;
  /** GUID of its network namespace in HNS, in lower case without braces. A HostProcess pod has none. */
  netns?: string;
}

/** A container (`cri/containers.json`). */
export interface CriContainer {
  id: string;
  podSandboxId: string;
  name: string;
  /** `CONTAINER_RUNNING`, `CONTAINER_EXITED`, … */
  state: string;
  /** UID of its pod, as the kubelet labels it. */
  podUid?: string;
  createdAt?: string;
  /** RFC 3339, of one that has ended. */
  finishedAt?: string;
  exitCode?: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`. */
  reason?: string;
  /** Its place in the file. */
  pointer: string;
}

/**
 * containerd sets it on what it starts; a pod itself seldom bears it
 * (https://github.com/containerd/containerd/blob/main/internal/cri/server/podsandbox/sandbox_run_windows.go).
 */
const HOST_PROCESS = 'microsoft.com/hostprocess-container';
/** https://github.com/containerd/containerd/blob/main/internal/cri/annotations/annotations.go */
const SANDBOX_IMAGE = 'io.kubernetes.cri.podsandbox.image-name';

/** Nanoseconds since 1970 as crictl prints them, or RFC 3339. */
const createdAt: Reader<string> = value => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const digits = String(value);
  if (!/^\d{16,20}$/.test(digits)) return typeof value === 'string' ? value : undefined;
  return rfc3339(Number(digits.slice(0, -6)));
};

interface RawSandbox {
  id: string;
  metadata?: {name?: string; namespace?: string; uid?: string; attempt?: number};
  state?: string;
  createdAt?: string;
  runtimeHandler?: string;
  annotations?: Record<string, string>;
  info?: {
    image?: string;
    runtimeSpec?: {
      annotations?: Record<string, string>;
      windows?: {network?: {networkNamespace?: string}};
    };
    sandboxMetadata?: {Metadata?: {NetNSPath?: string}};
  };
}

const sandboxShape = fields<RawSandbox>(
  {
    id: text,
    metadata: fields({name: text, namespace: text, uid: text, attempt: integer}),
    state: text,
    createdAt,
    runtimeHandler: text,
    annotations: textMap,
    info: fields({
      image: text,
      runtimeSpec: fields({
        annotations: textMap,
        windows: fields({network: fields({networkNamespace: text})}),
      }),
      sandboxMetadata: fields({Metadata: fields({NetNSPath: text})}),
    }),
  },
  {id: ''},
);

/** Reads `cri/sandboxes.json`. */
export function readSandboxes(value: unknown): Indexed<Sandbox>[] {
  return itemsOf(fieldOf(value, 'items'), sandboxShape, s => s.id !== '').map(raw => {
    const {metadata = {}, annotations = {}, info} = raw;
    const image =
      info?.image ?? info?.runtimeSpec?.annotations?.[SANDBOX_IMAGE] ?? annotations[SANDBOX_IMAGE];
    const netns = guidOf(
      info?.runtimeSpec?.windows?.network?.networkNamespace ?? info?.sandboxMetadata?.Metadata?.NetNSPath,
    );
    return {
      index: raw.index,
      id: raw.id,
      name: metadata.name ?? '',
      namespace: metadata.namespace ?? '',
      uid: metadata.uid ?? '',
      attempt: metadata.attempt ?? 0,
      ready: raw.state === 'SANDBOX_READY',
      runtimeHandler: raw.runtimeHandler ?? '',
      hostProcess: (info?.runtimeSpec?.annotations?.[HOST_PROCESS] ?? annotations[HOST_PROCESS]) === 'true',
      ...(raw.createdAt !== undefined && {createdAt: raw.createdAt}),
      ...(image !== undefined && image !== '' && {image}),
      ...(netns !== undefined && {netns}),
    };
  });
}

interface RawContainer {
  id: string;
  podSandboxId?: string;
  metadata?: {name?: string};
  state?: string;
  createdAt?: string;
  labels?: Record<string, string>;
  status?: {finishedAt?: string; exitCode?: number; reason?: string};
}

const containerShape = fields<RawContainer>(
  {
    id: text,
    podSandboxId: text,
    metadata: fields({name: text}),
    state: text,
    createdAt,
    labels: textMap,
    status: fields({finishedAt: createdAt, exitCode: integer, reason: text}),
  },
  {id: ''},
);

/** Reads `cri/containers.json`. crictl calls the list `containers`, unlike all its others. */
export function readContainers(value: unknown): Indexed<CriContainer>[] {
  const list = fieldOf(value, 'items') === undefined ? 'containers' : 'items';
  return itemsOf(fieldOf(value, list), containerShape, c => c.id !== '').map(raw => {
    return {
      index: raw.index,
      pointer: `/${list}/${raw.index}`,
      id: raw.id,
      podSandboxId: raw.podSandboxId ?? '',
      name: raw.metadata?.name ?? '',
      state: raw.state ?? '',
      ...endOf(raw),
      ...(raw.createdAt !== undefined && {createdAt: raw.createdAt}),
    };
  });
}

const POD_UID = 'io.kubernetes.pod.uid';

/** How a container ended; one that runs has times and a code of zero. */
function endOf({
  state,
  labels,
  status: {finishedAt, exitCode, reason} = {},
}: RawContainer): Pick<CriContainer, 'podUid' | 'finishedAt' | 'exitCode' | 'reason'> {
  const podUid = labels?.[POD_UID];
  const of = podUid === undefined ? {} : {podUid};
  if (state !== 'CONTAINER_EXITED') return of;
  return {
    ...of,
    ...(finishedAt !== undefined && {finishedAt}),
    ...(exitCode !== undefined && {exitCode}),
    ...(reason !== undefined && reason !== '' && {reason}),
  };
}
