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

/** `system.json` (CONTRACT §4.2). Sizes in bytes, times RFC 3339. */
export interface NodeSystem {
  productName?: string;
  build?: number;
  /** Revision of the build (UBR). */
  ubr?: number;
  edition?: string;
  /** `Server`, `Server Core`, `Nano Server`. */
  installationType?: string;
  hotfixes: string[];
  bootTime?: string;
  now?: string;
  timeZone?: string;
  memory?: {total?: number; available?: number};
  commit?: {limit?: number; charge?: number};
  disks: NodeDisk[];
  /** Windows features that are installed; undefined where the agent does not tell. */
  features?: string[];
}

const shape = fields<NodeSystem>(
  {
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
  },
  {hotfixes: [], disks: []},
);

/** Reads `system.json`. */
export function readSystem(value: unknown): NodeSystem | undefined {
  return shape(value, '', undefined);
}
