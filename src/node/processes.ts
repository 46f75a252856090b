import {fields, list, mapOf, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf, wholeNumber} from './items.ts';

/** A process (`processes.json`, CONTRACT §4.2) with the flags that the agent's allow-list lets through. */
export interface NodeProcess {
  pid: number;
  /** Name or path of its program. */
  image: string;
  /** RFC 3339. */
  startedAt?: string;
  threads?: number;
  /** `--hostname-override=win-1` as `{"hostname-override": "win-1"}`. */
  flags?: Record<string, string>;
}

/** Programs that checks ask about. A node has hundreds of others. */
const KEPT = /^(?:kubelet|kube-?proxy|containerd|csi-?proxy|rke2|k3s|calico-node|flanneld)(?:\.exe)?$/i;

const flags = (value: unknown): Record<string, string> | undefined => {
  const words = list(text)(value, '', undefined);
  if (!words) return mapOf(text)(value, '', undefined);
  return Object.fromEntries(
    words.map(word => {
      const [name = '', ...rest] = word.replace(/^--?/, '').split('=');
      return [name, rest.join('=')];
    }),
  );
};

const shape = fields<NodeProcess>(
  {pid: wholeNumber, image: text, startedAt: text, threads: wholeNumber, flags},
  {pid: 0, image: ''},
);

/** Reads `processes.json`. */
export function readProcesses(value: unknown): Indexed<NodeProcess>[] {
  return itemsOf(value, shape, process => KEPT.test(programOf(process)));
}

/** File name of a process's program: `kube-proxy.exe`. */
export function programOf({image}: NodeProcess): string {
  return image.slice(Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/')) + 1);
}
