/** What a step of the way is. */
export type StepKind = 'Service' | 'load balancer' | 'endpoint' | 'namespace' | 'sandbox' | 'pod';

/** The kinds in the order of the way. */
export const STEP_KINDS: readonly StepKind[] = [
  'Service',
  'load balancer',
  'endpoint',
  'namespace',
  'sandbox',
  'pod',
];

/** One thing on the way. */
export interface Step {
  readonly id: string;
  readonly kind: StepKind;
  readonly title: string;
  /** A second line. */
  readonly detail?: string;
  /** It should be there, and is not. */
  readonly absent?: true;
}

/** From one thing to the next. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** Why nothing gets through here, or where it should not, in words. */
  readonly fault?: string;
}

/** How much was left out. */
export interface LeftOut {
  /** Load balancers with a fault. */
  readonly broken: number;
  /** Load balancers and endpoints in order. */
  readonly fine: number;
}

/** The ways through one node. */
export interface HnsGraph {
  readonly node: string;
  readonly steps: readonly Step[];
  readonly links: readonly Link[];
  /** What was left out, as there is too much to draw. */
  readonly leftOut: LeftOut;
  /** Why this node cannot be drawn. */
  readonly unknown?: string;
}

/** The faults of a graph, in words. */
export function faultsOf({links}: HnsGraph): string[] {
  return [...new Set(links.flatMap(link => link.fault ?? []))];
}

/** What was left out, in words; nothing where nothing was. */
export function leftOutOf({leftOut: {broken, fine}}: HnsGraph): string {
  const parts = [broken > 0 && `${broken} more broken`, fine > 0 && `${fine} more in order`];
  return parts.filter(Boolean).join(', ');
}

/** The heading of a graph: its node, and why it cannot be drawn or what was left out. */
export function headingOf(graph: HnsGraph): string {
  if (graph.unknown !== undefined) return `${graph.node}: ${graph.unknown}`;
  const rest = leftOutOf(graph);
  return rest === '' ? graph.node : `${graph.node}, ${rest}`;
}

/** Gathers a graph; what is added twice is there once. */
export class GraphBuilder {
  readonly #steps = new Map<string, Step>();
  readonly #links = new Map<string, Link>();

  /** Adds a step and answers with its id. */
  step(step: Step): string {
    if (!this.#steps.has(step.id)) this.#steps.set(step.id, step);
    return step.id;
  }

  /** Adds a link; a fault that is known of it stays. */
  link(from: string, to: string, fault?: string): void {
    const key = `${from}\0${to}`;
    if (this.#links.get(key)?.fault !== undefined) return;
    this.#links.set(key, {from, to, ...(fault !== undefined && {fault})});
  }

  build(node: string, {leftOut, unknown}: {leftOut: LeftOut; unknown: string | undefined}): HnsGraph {
    return {
      node,
      steps: [...this.#steps.values()],
      links: [...this.#links.values()],
      leftOut,
      ...(unknown !== undefined && {unknown}),
    };
  }
}
