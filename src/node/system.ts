import {fields, integer, list, text} from '../kube/shape.ts';
import {wholeNumber} from './items.ts';

/** A fixed disk, sizes in bytes. */
export interface NodeDisk {
  /** `C:` */
  name: string;
  fileSystem?: string;
  size?: number;
  free?: number;
}

/** `system.json` (CONTRACT §4.2). Sizes in bytes, times RFC 3339; what the node did not tell is absent. */
export interface NodeSystem {
  productName?: string;
  build?: number;
  /** Revision of the build (UBR). */
  ubr?: number;
  edition?: string;
  /** `Server`, `Server Core`, `Nano Server`. */
  installationType?: string;
  hotfixes?: string[];
  bootTime?: string;
  now?: string;
  timeZone?: string;
  memory?: {total?: number; available?: number};
  commit?: {limit?: number; charge?: number};
  disks?: NodeDisk[];
  /** Windows features that are installed. */
  features?: string[];
  /** Why Windows wants to be restarted: `servicing`, `update`, `rename`, … */
  rebootPending?: string[];
  /** What the time service says of itself. */
  time?: NodeTime;
  /** Certificates that the kubelet uses. */
  certificates?: NodeCertificate[];
}

/** State of the time service; leap indicator 3 and stratum 0 both mean: not synchronised (RFC 5905 §7.3). */
export interface NodeTime {
  leapIndicator?: number;
  stratum?: number;
  source?: string;
  /** Where it did not answer: `0x80070426` is a service that does not run. */
  error?: string;
}

/** A certificate of the kubelet, or of whom it trusts; times RFC 3339. */
export interface NodeCertificate {
  path: string;
  /** `kubelet-client`, `kubelet-serving`, `cluster-ca`. */
  role: string;
  notBefore?: string;
  notAfter?: string;
}

const shape = fields<NodeSystem>({
  productName: text,
  build: wholeNumber,
  ubr: integer,
  edition: text,
  installationType: text,
  hotfixes: list(text),
  bootTime: text,
  now: text,
  timeZone: text,
  memory: fields({total: wholeNumber, available: wholeNumber}),
  commit: fields({limit: wholeNumber, charge: wholeNumber}),
  disks: list(
    fields<NodeDisk>({name: text, fileSystem: text, size: wholeNumber, free: wholeNumber}, {name: ''}),
  ),
  features: list(text),
  rebootPending: list(text),
  time: fields<NodeTime>({leapIndicator: integer, stratum: integer, source: text, error: text}),
  certificates: list(
    fields<NodeCertificate>({path: text, role: text, notBefore: text, notAfter: text}, {path: '', role: ''}),
  ),
});

/** Reads `system.json`. */
export function readSystem(value: unknown): NodeSystem | undefined {
  return shape(value, '', undefined);
}
