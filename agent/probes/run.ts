import {PassThrough} from 'node:stream';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {ProbeError, ProbeLine, ProbeWay} from '../../src/protocol/probes/lines.ts';
import type {PodRef, ProbeOrder, ProbesRequest} from '../../src/protocol/probes/orders.ts';
import {PROBE_DEFAULTS} from '../../src/protocol/probes/orders.ts';
import type {SelfCommand} from '../child/self.ts';
import type {Pace} from './pace.ts';
import type {NoPlace, Place, Places} from './place/place.ts';
import {startProbeProcess} from './probe-process.ts';
import type {Seats} from './seats.ts';

/** What runs of probes stand on; one for the whole agent, so that its limits hold for all runs together. */
export interface ProbePorts {
  readonly os: AgentOs;
  readonly self: SelfCommand;
  /** Where probes may go (`AGENT_ENV.targets`), split at its commas. */
  readonly targets: readonly string[];
  readonly places: Places;
  readonly pace: Pace;
  /** Child processes at a time, those that only listen, and orders that are carried out at a time. */
  readonly processes: Seats;
  readonly listeners: Seats;
  readonly inFlight: Seats;
}

/** Orders that start in one network. */
interface Group {
  readonly pod: PodRef | undefined;
  readonly orders: readonly ProbeOrder[];
}

/**
 * Carries out orders and gives a line for each as it ends. Where the time of the run is over, what has no line yet gets one that
 * says so. When the signal fires every process is killed, and nothing more is given.
 */
export async function* runProbes(
  {orders, deadlineMs = PROBE_DEFAULTS.deadlineMs}: ProbesRequest,
  ports: ProbePorts,
  signal: AbortSignal,
): AsyncGenerator<ProbeLine> {
  const out = new PassThrough({objectMode: true});
  const ending = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  const run = new Run(ports, ending, line => void out.write(line));
  const done = run.all(orders).then(
    () => out.end(),
    (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const line of out) {
      if (signal.aborted) return;
      // Only lines are written to it.
      yield line as ProbeLine;
    }
  } finally {
    await done;
  }
}

class Run {
  readonly #ports: ProbePorts;
  readonly #signal: AbortSignal;
  readonly #tell: (line: ProbeLine) => void;

  constructor(ports: ProbePorts, signal: AbortSignal, tell: (line: ProbeLine) => void) {
    this.#ports = ports;
    this.#signal = signal;
    this.#tell = tell;
  }

  async all(orders: readonly ProbeOrder[]): Promise<void> {
    const groups = groupsOf(orders);
    const pods = groups.flatMap(({pod}) => pod ?? []);
    const {places} = this.#ports;
    const found = await places.pods(pods, this.#signal);
    const host = await places.host();
    const work = groups.map(async group => {
      const place = group.pod ? found[pods.indexOf(group.pod)] : host;
      if (place) await this.#group(group, place);
    });
    await Promise.all(work);
  }

  async #group({pod, orders}: Group, place: Place | NoPlace): Promise<void> {
    const way = pod === undefined ? 'host' : this.#ports.os === 'windows' ? 'compartment' : 'netns';
    const none = {way, error: 'not-tried', detail: 'the time of this run was over'} as const;
    if ('error' in place) for (const {id} of orders) this.#untried(id, {way, ...place});
    // Listeners wait for others; they must not keep these others from a process.
    else {
      const listening = orders.filter(({kind}) => kind === 'listen');
      const trying = orders.filter(({kind}) => kind !== 'listen');
      const {processes, listeners} = this.#ports;
      await Promise.all([
        listening.length > 0 && listeners.run(() => this.#inProcess(listening, place, none)),
        trying.length > 0 && processes.run(() => this.#inProcess(trying, place, none)),
      ]);
    }
  }

  async #inProcess(orders: readonly ProbeOrder[], place: Place, none: Unanswered): Promise<void> {
    const waiting = new Map(orders.map(({id}) => [id, Promise.withResolvers<void>()]));
    if (!this.#signal.aborted) {
      const {os, targets, self, pace, inFlight} = this.#ports;
      const process = startProbeProcess(
        self,
        {os, targets, ...place},
        {
          signal: this.#signal,
          onLine: line => {
            const order = waiting.get(line.id);
            if (!order) return;
            waiting.delete(line.id);
            this.#tell(line);
            order.resolve();
          },
        },
      );
      const ended = process.ended.then(how => {
        for (const order of waiting.values()) order.resolve();
        return how;
      });
      await Promise.all(
        orders.map(async order => {
          const answered = waiting.get(order.id)?.promise;
          await inFlight.run(async () => {
            const mine = await pace.turn(costOf(order), this.#signal).then(
              () => true,
              () => false,
            );
            if (!mine || !waiting.has(order.id)) return;
            process.send(order);
            // A listener is at work until its time is over, and takes nothing meanwhile.
            if (order.kind !== 'listen') await answered;
          });
        }),
      );
      process.finish();
      const how = await ended;
      if (!this.#signal.aborted)
        for (const id of waiting.keys())
          this.#untried(id, {...none, error: 'failed', detail: `the process that tried it ended (${how})`});
    }
    if (this.#signal.aborted) for (const id of waiting.keys()) this.#untried(id, none);
  }

  #untried(id: string, {way, error, detail}: Unanswered): void {
    this.#tell({id, ok: false, way, error, detail, tries: [], at: new Date().toISOString()});
  }
}

interface Unanswered {
  readonly way: ProbeWay;
  readonly error: ProbeError;
  readonly detail: string;
}

function groupsOf(orders: readonly ProbeOrder[]): Group[] {
  const byPlace = Map.groupBy(orders, ({from}) =>
    from ? `${from.namespace}/${from.name}/${from.uid ?? ''}` : '',
  );
  return [...byPlace.values()].map(group => ({pod: group[0]?.from, orders: group}));
}

/** Connections that a path-MTU probe begins at once. */
const PATH_MTU_COST = 16;

/** Connections of an order that count; tries of one order are far apart by themselves. */
function costOf({kind, tries = 1}: ProbeOrder): number {
  if (kind === 'listen') return 0;
  return kind === 'path-mtu' ? PATH_MTU_COST : tries;
}
