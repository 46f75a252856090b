/** An error that a line of a log tells of one pod. */
export interface PodError {
  /** UID of the pod. */
  pod: string;
  /** The error alone, in the words that an event of the pod would have. */
  text: string;
}

/** What of a pod failed. */
export type PodErrorKind = 'sandbox-failed' | 'container-failed' | 'mount-failed';

/** Errors are long documents of HCS now and then; their head names the fault. */
const MAX_TEXT = 2000;
const MAX_LINE = 16_384;

/** Reads the error of a line; undefined where it tells of no pod, or of another kind of failure. Linear in the line's length. */
export function podErrorOf(kind: PodErrorKind, line: string): PodError | undefined {
  const error = READERS[kind](line.slice(0, MAX_LINE));
  return error && {...error, text: error.text.slice(0, MAX_TEXT)};
}

const READERS: Readonly<Record<PodErrorKind, (line: string) => PodError | undefined>> = {
  'sandbox-failed': line => ofContainerd(line) ?? ofSync(line, SANDBOX_REASONS),
  'container-failed': line => ofSync(line, CONTAINER_REASONS),
  'mount-failed': ofMount,
};

/** A quoted string of Go, its quotes and backslashes escaped. */
const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
/** https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/pod_workers.go */
const SYNC = new RegExp(`"Error syncing pod, skipping" err=${QUOTED} pod="[^"]*" podUID="?([^"\\s]+)`);
/** https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/container/sync_result.go */
const RESULT = new RegExp(`failed to "\\w+" for "[^"]*" with (\\w+): ${QUOTED}`);
const SANDBOX_REASONS: ReadonlySet<string> = new Set(['CreatePodSandboxError']);
const CONTAINER_REASONS: ReadonlySet<string> = new Set([
  'CreateContainerError',
  'CreateContainerConfigError',
  'RunContainerError',
  'PostStartHookError',
]);
const OF_SANDBOX = /^Failed to create sandbox for pod "[^"]*": /;
/** How events begin that say the same. */
const AS_EVENT = 'Failed to create pod sandbox: ';

/** The kubelet, when it gives a pod up until the next time. */
function ofSync(line: string, reasons: ReadonlySet<string>): PodError | undefined {
  const [, err, pod] = SYNC.exec(line) ?? [];
  if (err === undefined || pod === undefined) return undefined;
  const [, reason = '', inner = ''] = RESULT.exec(unquoted(err)) ?? [];
  return reasons.has(reason) ? {pod, text: unquoted(inner).replace(OF_SANDBOX, AS_EVENT)} : undefined;
}

/** https://github.com/containerd/containerd/blob/main/internal/cri/instrument/instrumented_service.go */
const RUN_SANDBOX = new RegExp(`msg="RunPodSandbox for ((?:[^"\\\\]|\\\\.)*) failed, error" error=${QUOTED}`);
/** `Uid:…,` of releases before 2.1, `uid:"…"` of later ones. */
const UID = /\bUid:([^,}\s]+)|\buid:\\?"([^"\\]+)/;

function ofContainerd(line: string): PodError | undefined {
  const [, sandbox = '', error] = RUN_SANDBOX.exec(line) ?? [];
  const [, before, after] = UID.exec(sandbox) ?? [];
  const pod = before ?? after;
  return error === undefined || pod === undefined ? undefined : {pod, text: AS_EVENT + unquoted(error)};
}

/** https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/types/types.go */
const MOUNT = /MountVolume\.\w+ failed for volume .*?\(UID: \\?"([^"\\]+)\\?"\) ?: .*/;

function ofMount(line: string): PodError | undefined {
  const [text, pod] = MOUNT.exec(line) ?? [];
  return text === undefined || pod === undefined ? undefined : {pod, text};
}

function unquoted(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}
