import {AGENT_ENV} from '../../src/protocol/environment.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {PROBE_KINDS} from '../../src/protocol/probes/orders.ts';
import type {SelfCommand} from '../child/self.ts';
import {endpointsOf} from '../cri/endpoint.ts';
import type {ProbeRunner} from '../server/probe-runner.ts';
import {PROBE_PACE, Pace} from './pace.ts';
import {runtimePlaces} from './place/places.ts';
import {runProbes} from './run.ts';
import type {ProbePorts} from './run.ts';
import {Seats} from './seats.ts';

/** Networks that are in use at a time: a process for each takes some 50 MB. */
const PROCESSES = 3;
/** The same for listeners, which wait most of their time. */
const LISTENERS = 3;
/** Orders that are carried out at a time. */
const IN_FLIGHT = 32;

/** Runs every kind of probe from this node. Where its environment names no targets, none is allowed. */
export function probeRunner(
  os: AgentOs,
  {self, hostRoot, env}: {self: SelfCommand; hostRoot: string; env: NodeJS.ProcessEnv},
): ProbeRunner {
  const ports: ProbePorts = {
    os,
    self,
    targets: (env[AGENT_ENV.targets] ?? '').split(','),
    places: runtimePlaces({os, root: hostRoot, runtime: {endpoints: endpointsOf(os, hostRoot)}}),
    pace: new Pace(PROBE_PACE),
    processes: new Seats(PROCESSES),
    listeners: new Seats(LISTENERS),
    inFlight: new Seats(IN_FLIGHT),
  };
  return {kinds: PROBE_KINDS, run: (request, signal) => runProbes(request, ports, signal)};
}
