import {HNSDIAG_FILE} from '../../hns/readings.ts';
import {readDynamicPorts, readExcludedPorts, readReservedPorts} from '../../parse/windows-text/ports.ts';
import {readPrintedRuntime} from '../../parse/windows-text/runtime.ts';
import {readPrintedServices} from '../../parse/windows-text/services.ts';
import {readPrintedSystem} from '../../parse/windows-text/system.ts';
import {maskSecrets} from '../../redact/quoted.ts';

/** Which file of ours a file of a collector's script stands for. */
export interface CollectorFile {
  /** Path below the node's folder, as our agent would have named it. */
  file: string;
  /** Makes of its text what our agent would have sent; undefined where nothing of it is in it. Absent: it is the same. */
  read?: (text: string) => string | undefined;
}

interface Known {
  /** The name, or the end of the path. */
  name: RegExp;
  file: string | ((name: string) => string);
  read?: (text: string) => unknown;
}

/** AKS's script puts a time before many names. */
const STAMP = String.raw`(?:^|\/)(?:[\d-]+[_-])?`;
const named = (name: string): RegExp => new RegExp(`${STAMP}(?:${name})$`, 'i');
const inFolder = (folder: string) => (name: string) => `${folder}/${name.toLowerCase()}`;

/** Files of all three scripts; what is copied from a disk as it is holds secrets as they are. */
const KNOWN: readonly Known[] = [
  {name: named(String.raw`network\.txt`), file: 'hns/v1-networks.json'},
  {name: named(String.raw`endpoint\.txt`), file: 'hns/v1-endpoints.json'},
  {name: named(String.raw`policy\.txt`), file: 'hns/v1-policylists.json'},
  {name: named(String.raw`namespaces\.txt`), file: 'hns/v1-namespaces.json'},
  {name: named(String.raw`hnsdiag\.txt`), file: HNSDIAG_FILE},
  {name: named(String.raw`windowsServices\.txt`), file: 'services.json', read: readPrintedServices},
  {name: /(?:^|\/)system\/services$/, file: 'services.json', read: readPrintedServices},
  {name: named(String.raw`winver\.txt`), file: 'system.json', read: readPrintedSystem},
  {name: /(?:^|\/)sysinfo$/, file: 'system.json', read: readPrintedSystem},
  {
    name: named(String.raw`containerd-(?:info|version)\.txt`),
    file: 'cri/version.json',
    read: readPrintedRuntime,
  },
  {name: named(String.raw`reservedports\.txt`), file: 'net/ports.json', read: readReservedPorts},
  {name: named(String.raw`dynamicportrange\.txt`), file: 'net/ports.json', read: readDynamicPorts},
  {name: named(String.raw`excludedportrange\.txt`), file: 'net/ports.json', read: readExcludedPorts},
  {name: named(String.raw`config\.toml`), file: 'cri/config.toml'},
  {name: named(String.raw`[\w.-]+\.conflist`), file: inFolder('cni')},
  {name: /(?:^|\/)cni\/[\w.-]+\.(?:conf|json)$/, file: inFolder('cni')},
  {name: named(String.raw`kubelet(?:\.err)?\.log`), file: inFolder('logs/kubelet'), read: maskSecrets},
  {name: named(String.raw`kubeproxy(?:\.err)?\.log`), file: inFolder('logs/kube-proxy'), read: maskSecrets},
  {
    name: named(String.raw`(?:containerd(?:\.err)?|panic)\.log`),
    file: inFolder('logs/containerd'),
    read: maskSecrets,
  },
  {name: named(String.raw`azure-vnet(?:-telemetry)?\.log`), file: inFolder('logs/cni'), read: maskSecrets},
  {name: named(String.raw`csi-proxy(?:\.err)?\.log`), file: inFolder('logs/csi-proxy'), read: maskSecrets},
];

/** What a file of a collector's archive stands for; undefined where nothing is read of it. */
export function collectorFile(path: string): CollectorFile | undefined {
  const known = KNOWN.find(({name}) => name.test(path));
  if (!known) return undefined;
  const {file, read} = known;
  return {
    file: typeof file === 'string' ? file : file(path.slice(path.lastIndexOf('/') + 1)),
    ...(read && {read: text => written(read(text))}),
  };
}

function written(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
