/**
 * Why pulls of images fail, by the words of containerd and registries:
 * https://github.com/containerd/containerd/tree/main/core/remotes/docker,
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes, and Go's net and crypto packages.
 */
export const checkedAt = '2026-11-21';

/** A class of failed pulls. */
export interface PullError {
  id: string;
  /** Lower case; any of them marks the class. */
  match: readonly string[];
  /** What is wrong, as a clause. */
  says: string;
  fix: readonly string[];
}

/** In the order in which they are tried: a proxy's refusal of a name is the proxy's, not the registry's. */
const PULL_ERRORS: readonly PullError[] = [
  {
    id: 'name-invalid',
    match: ['invalidimagename', 'invalid reference format', "couldn't parse image"],
    says: 'the name of the image is no valid one',
    fix: ['Correct `image`: lower case, no spaces, `registry/repository:tag`.'],
  },
  {
    id: 'never-pulled',
    match: ['errimageneverpull', 'pull policy of never'],
    says: 'its pull policy is Never and the node does not have it',
    fix: ['Set `imagePullPolicy: IfNotPresent`, or preload the image on every Windows node.'],
  },
  {
    id: 'disk-full',
    match: ['no space left on device', 'not enough space on the disk'],
    says: 'the disk of the node is full',
    fix: ['On the node: `crictl rmi --prune`; use a larger disk for the pool.'],
  },
  {
    id: 'proxy',
    match: ['proxyconnect', '407 proxy authentication', 'proxy authentication required'],
    says: 'the proxy of the node does not let it through',
    fix: [
      'Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the service containerd on the node, and restart it.',
    ],
  },
  {
    id: 'tls',
    match: [
      'x509:',
      'tls:',
      'certificate signed by unknown authority',
      'server gave http response to https client',
    ],
    says: 'the node does not trust the registry’s certificate',
    fix: [
      'Install the registry’s CA on the Windows nodes: `Import-Certificate -CertStoreLocation Cert:\\LocalMachine\\Root`.',
      'Or name it in `certs.d\\REGISTRY\\hosts.toml` of containerd.',
    ],
  },
  {
    id: 'rate-limit',
    match: ['toomanyrequests', 'too many requests', '429 ', 'pull rate limit'],
    says: 'the registry limits how often it is asked',
    fix: [
      'Log in by `imagePullSecrets`, or pull through a mirror of your own.',
      'Wait: the limit is lifted by itself.',
    ],
  },
  {
    id: 'unauthorised',
    match: [
      'unauthorized',
      'authentication required',
      'authorization failed',
      'no basic auth credentials',
      'insufficient_scope',
      'pull access denied',
      '401 ',
      '403 forbidden',
      'access denied',
      'denied:',
    ],
    says: 'the registry refuses the node’s credentials',
    fix: [
      'Check `imagePullSecrets` of the pod and its service account: they must be in the pod’s namespace.',
      'With a cloud’s registry: check that the identity of the Windows nodes may pull (AcrPull, AmazonEC2ContainerRegistryPullOnly).',
    ],
  },
  {
    id: 'dns',
    match: ['no such host', 'server misbehaving', 'no such domain', 'temporary failure in name resolution'],
    says: 'the node cannot resolve the name of the registry',
    fix: ['On the node: `Resolve-DnsName REGISTRY`; check its DNS servers and private DNS zones.'],
  },
  {
    id: 'absent',
    match: ['not found', 'manifest unknown', 'name unknown', 'does not exist', 'notfound'],
    says: 'the registry has no such image',
    fix: ['Check name and tag: `crane ls REPOSITORY`. Some publishers dropped tags for Server 2019.'],
  },
  {
    id: 'too-slow',
    match: [
      'context deadline exceeded',
      'context canceled',
      'client.timeout exceeded',
      'tls handshake timeout',
    ],
    says: 'it did not come in time',
    fix: [
      'Use a registry near the nodes or a pull-through cache, a smaller base image, or nodes with the image preloaded.',
    ],
  },
  {
    id: 'unreachable',
    match: [
      'connection refused',
      'actively refused',
      'i/o timeout',
      'connectex',
      'dial tcp',
      'connection reset',
      'forcibly closed',
      'unreachable',
      ': eof',
      'unexpected eof',
      'bad gateway',
      'service unavailable',
    ],
    says: 'the node does not reach the registry',
    fix: [
      'On the node: `Test-NetConnection REGISTRY -Port 443`; check firewalls, NAT and private endpoints.',
    ],
  },
];

/** Errors longer than this repeat themselves. */
const MAX_TEXT = 8192;

/** Classifies a failed pull by the reason and message of the kubelet; `undefined` where no words are known. */
export function classifyPull(reason: string, text: string): PullError | undefined {
  const lowered = `${reason} ${text}`.slice(0, MAX_TEXT).toLowerCase();
  return PULL_ERRORS.find(error => error.match.some(part => lowered.includes(part)));
}
