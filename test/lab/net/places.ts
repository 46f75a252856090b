import type {LabDir} from '../parts/places.ts';

/** Files of a network lab, below the lab's directory. */
export interface NetPlaces {
  /** Written when all networks are there. */
  readonly ready: string;
  /** Unix socket on which the keeper takes orders. */
  readonly control: string;
  /** What the runtimes of the nodes say (`SandboxFile`). */
  readonly sandboxes: string;
  /** For programs on nodes: the API server as they reach it. */
  readonly kubeconfig: string;
  /** For programs in pods. */
  readonly podKubeconfig: string;
  /** Link to the namespace of a node, of a pod, or of the router. */
  namespace(name: string): string;
  /** What a node's programs find as `/run`. */
  run(node: string): string;
  corefile(pod: string): string;
}

/** Where a lab keeps what is about its networks. */
export function netPlaces(lab: LabDir): NetPlaces {
  const at = (...names: string[]): string => lab.path('net', ...names);
  return {
    ready: at('ready'),
    control: at('keeper.sock'),
    sandboxes: at('sandboxes.json'),
    kubeconfig: at('kubeconfig'),
    podKubeconfig: at('kubeconfig-pods'),
    namespace: name => at('ns', name),
    run: node => at('run', node),
    corefile: pod => at(`Corefile-${pod}`),
  };
}
