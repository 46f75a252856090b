/**
 * Files of facts about a node's operating system (CONTRACT §4.2), as the agent writes them. `null` is "not known here":
 * the collector's line says why. Sizes are bytes, times RFC 3339 in UTC.
 */

/** `system.json`. */
export interface SystemFacts {
  /** As the registry names it: Windows 11 says "Windows 10", servers say what they are. Linux: PRETTY_NAME. */
  productName: string | null;
  /** Build and revision: 20348 and 2762. Null on Linux, which has `kernel`. */
  build: number | null;
  ubr: number | null;
  kernel: string | null;
  /** EditionID: `ServerDatacenter`, `ServerDatacenterACor`. */
  edition: string | null;
  /** `Server`, `Server Core`, `Nano Server`, `Client`. */
  installationType: string | null;
  /** `KB5044281`; null where CIM did not answer. */
  hotfixes: string[] | null;
  bootTime: string | null;
  now: string;
  /** Windows' own key (`W. Europe Standard Time`), which no language changes; IANA name on Linux. */
  timeZone: string | null;
  memory: {total: number; available: number} | null;
  /** What may be committed and what is: the page file counts. */
  commit: {limit: number; charge: number} | null;
  /** Fixed volumes. */
  disks: DiskFacts[] | null;
  /** Names of enabled optional features and installed server roles: `Containers`; null where CIM did not answer. */
  features: string[] | null;
  /** Why Windows wants to be restarted; null on Linux and where the registry could not be read. */
  rebootPending: RebootReason[] | null;
  /** Null on Linux, where no file tells it. */
  time: TimeFacts | null;
  certificates: CertificateFacts[];
}

export interface DiskFacts {
  name: string;
  fileSystem: string | null;
  size: number;
  free: number;
}

/** The room that a running container has on its own volume; an item of `cri/volumes.json`. */
export interface VolumeFacts {
  /** Of the container. */
  id: string;
  namespace: string;
  pod: string;
  container: string;
  /** Bytes; null where they could not be had. */
  size: number | null;
  free: number | null;
  /** Why they could not be had. */
  error: string | null;
}

/** `servicing`: CBS; `update`: Windows Update; `rename`: files to rename at start; `computer-name`, `domain-join`. */
export type RebootReason =
  | 'servicing'
  | 'update'
  | 'update-installer'
  | 'rename'
  | 'computer-name'
  | 'domain-join';

/**
 * What the time service says of itself (`w32tm /query /status`, whose words are translated and whose numbers are not).
 * Leap indicator 3 and stratum 0 both mean: not synchronised (RFC 5905 §7.3).
 */
export interface TimeFacts {
  leapIndicator: number | null;
  stratum: number | null;
  rootDelaySeconds: number | null;
  rootDispersionSeconds: number | null;
  /** Where the time comes from, as w32tm prints it. */
  source: string | null;
  /** Where it did not answer: `0x80070426` is a service that does not run. */
  error: string | null;
}

/** One certificate that kubelet uses. The file may hold a private key; it is parsed on the node and never leaves it. */
export interface CertificateFacts {
  path: string;
  role: 'kubelet-client' | 'kubelet-serving' | 'cluster-ca';
  subject: string;
  issuer: string;
  notBefore: string;
  notAfter: string;
}

/** One entry of `services.json`: services, and the drivers that the network of containers needs. */
export interface ServiceFacts {
  name: string;
  displayName: string;
  state: ServiceState;
  /** Null where the service does not let its configuration be read. */
  startType: ServiceStart | null;
  /** Null where it does not run, and for drivers. */
  pid: number | null;
  startedAt: string | null;
  threads: number | null;
}

export type ServiceState =
  | 'Stopped'
  | 'StartPending'
  | 'StopPending'
  | 'Running'
  | 'ContinuePending'
  | 'PausePending'
  | 'Paused'
  | 'Unknown';

export type ServiceStart = 'Boot' | 'System' | 'Automatic' | 'Manual' | 'Disabled' | 'Unknown';

/** One entry of `processes.json`. */
export interface ProcessFacts {
  pid: number;
  /** File name of the program: `kubelet.exe`. */
  image: string;
  startedAt: string | null;
  threads: number;
  /** Flags of kubelet, kube-proxy, containerd and CNI daemons that are on the allow-list; null for all other programs. */
  flags: Record<string, string> | null;
}

/** One entry of `net/adapters.json`. */
export interface AdapterFacts {
  name: string;
  description: string;
  index: number;
  /** Network compartment; 1 is the host's. Always 1 on Linux. */
  compartment: number;
  /** `00-15-5d-01-02-03`; empty where it has none. */
  mac: string;
  mtu: number;
  /** `up`, `down`, `testing`, `unknown`, `dormant`, `not-present`, `lower-layer-down` (RFC 2863 ifOperStatus). */
  status: string;
  addresses: string[];
  gateways: string[];
  dns: string[];
}

/** One entry of `net/routes.json`. */
export interface RouteFacts {
  /** `10.0.0.0/8`. */
  destination: string;
  /** `0.0.0.0` or `::` where it is on the link. */
  nextHop: string;
  index: number;
  compartment: number;
  metric: number;
}

export type PortProtocol = 'tcp' | 'udp';

export interface PortRange {
  protocol: PortProtocol;
  start: number;
  count: number;
}

export interface ExcludedRange {
  protocol: PortProtocol;
  start: number;
  /** The last port, itself excluded. */
  end: number;
  /** Set by an administrator, or persistent: it stays after a restart of what made it. */
  administered: boolean;
}

/** `net/ports.json`, for IPv4 of the host's compartment. */
export interface PortFacts {
  /** Of TCP. */
  dynamicRange: PortRange | null;
  udpDynamicRange: PortRange | null;
  excludedRanges: ExcludedRange[];
  /**
   * How many blocks of 64 TCP ports, as HNS reserves for a load balancer without DSR, still fit into the dynamic range:
   * computed from exclusions and used ports, never reserved, so it is an upper bound. Null where one of them is not known.
   */
  freeBlocks64: number | null;
  /** Different local ports of the dynamic range that have a TCP socket, and a UDP one; null where not known. */
  used: number | null;
  udpUsed: number | null;
}

/** What the registry holds: DWORD as number, SZ and QWORD as string, BINARY as hex, MULTI_SZ as strings. */
export type RegistryData = number | string | string[];

/** `registry/hns.json`: values by the full path of their key; a key that does not exist is absent. */
export type RegistryFacts = Record<string, Record<string, RegistryData>>;

/** One entry of `tasks.json`. */
export interface TaskFacts {
  path: string;
  state: 'Unknown' | 'Disabled' | 'Queued' | 'Ready' | 'Running';
  /** Null where it never ran. */
  lastRun: string | null;
  /** Exit code or HRESULT of the last run, unsigned. */
  lastResult: number;
}

/** `defender.json`. */
export interface DefenderFacts {
  /** Null where Defender is not there. */
  status: {antivirusEnabled: boolean; realTimeProtection: boolean; runningMode: string | null} | null;
  exclusions: {paths: string[]; processes: string[]; extensions: string[]} | null;
}
