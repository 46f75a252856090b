/** What the program says of itself. */
export const SUMMARY = 'Says why Windows workloads on Kubernetes do not work. Reads, never changes.';

/** Words that only stand before commands, and what these are for. */
export const TOPICS = {
  agent: {description: 'Install, look after and remove the node agent.'},
  net: {description: 'Try connections between nodes and pods: which leg is broken, and who reaches whom.'},
  hns: {description: 'Show what HNS has on Windows nodes, and where it is not what Kubernetes wants.'},
} as const satisfies Record<string, {description: string}>;
