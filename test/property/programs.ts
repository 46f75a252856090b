import {service} from '../helpers/raw.ts';
import {hostProcessPodSpec, workload} from '../helpers/raw-pods.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {addHistory} from './history.ts';
import {jobOf, leaving, replaced, starting} from './lifecycle.ts';
import type {Build, Program} from './plan.ts';
import {addClaims} from './volumes.ts';
import type {World} from './world.ts';
import {linuxSpec, windowsSpec} from './specs.ts';

/** Adds the workloads of a plan, each in a namespace of its own kind, with what is in front of and behind them. */
export function addPrograms(world: World): void {
  world.plan.programs.forEach((program, i) => addProgram(world, program, i));
}

function addProgram(world: World, program: Program, index: number): void {
  const builds = world.builds;
  // Without Windows nodes there are no Windows pods: pools scale from zero.
  const idle = program.windows && builds.length === 0;
  const build = builds[program.build % Math.max(1, builds.length)] ?? 20348;
  const toLinux = !program.windows && program.pin === 'runtime-class';
  const own = program.limitRange ? 'limited' : `team-${index % 3}`;
  const namespace = toLinux ? 'linux-only' : own;
  const at = {namespace, name: `app-${index}`};
  world.namespace(
    namespace,
    {},
    toLinux ? {'openshift.io/node-selector': 'kubernetes.io/os=linux'} : undefined,
  );
  if (program.kind === 'host-process') {
    world.namespace('agents', {'pod-security.kubernetes.io/enforce': 'privileged'});
    const spec = hostProcessPodSpec('registry.example.test/ops/agent:2.1.0');
    world.add(
      ...workload(
        'DaemonSet',
        {namespace: 'agents', name: at.name},
        spec,
        world.on('windows').map(n => n.metadata.name),
      ),
    );
    return;
  }
  const spec: Json = program.windows ? windowsSpec(world, program, build) : linuxSpec(world, program);
  const os = program.windows ? 'windows' : 'linux';
  const count = idle || program.kind === 'scaled-to-zero' ? 0 : program.replicas;
  const nodes = world.place(os, count, program.windows ? build : undefined).filter(n => n !== '');
  const made = objectsOf(world, program, {at, spec, nodes, os, build});
  admit(world, made);
  world.add(...made);
  const pods = made.filter(o => o.kind === 'Pod' && o['status']?.phase === 'Running');
  if (pods.length > 0 && !program.kind.startsWith('job') && program.kind !== 'cron-job')
    addFront(world, program, {at, pods});
  addHistory(world, program, pods);
}

/** Writes into pods what admission takes from their RuntimeClass and namespace. */
function admit(world: World, objects: Raw[]): void {
  for (const object of objects) {
    if (object.kind !== 'Pod') continue;
    const pod: Json = object;
    const {spec} = pod;
    const named = (kind: string, name: string): Json =>
      world.objects.find(o => o.kind === kind && o.metadata.name === name);
    const scheduling = named('RuntimeClass', spec.runtimeClassName)?.scheduling;
    const imposed = named('Namespace', object.metadata.namespace ?? '')?.metadata.annotations?.[
      'openshift.io/node-selector'
    ];
    const ofNamespace = imposed ? Object.fromEntries([imposed.split('=')]) : {};
    if (!scheduling && !imposed) continue;
    spec.nodeSelector = {...ofNamespace, ...spec.nodeSelector, ...scheduling?.nodeSelector};
    spec.tolerations = [...(spec.tolerations ?? []), ...(scheduling?.tolerations ?? [])];
  }
}

interface Made {
  at: {namespace: string; name: string};
  spec: Json;
  nodes: string[];
  os: 'linux' | 'windows';
  build: Build;
}

function objectsOf(world: World, program: Program, {at, spec, nodes, os, build}: Made): Raw[] {
  const running = workload('Deployment', at, spec, nodes);
  switch (program.kind) {
    case 'stateful-set':
      addClaims(world, at, spec);
      return workload('StatefulSet', at, spec, nodes);
    case 'daemon-set': {
      const all = world.on(os).filter(n => {
        const builds =
          os === 'linux' || n.metadata['labels']['node.kubernetes.io/windows-build'] === `10.0.${build}`;
        return builds && !('node-role.kubernetes.io/control-plane' in n.metadata['labels']);
      });
      return workload(
        'DaemonSet',
        at,
        spec,
        all.map(n => n.metadata.name),
      );
    }
    case 'job-done':
    case 'job-retried':
    case 'cron-job':
      return jobOf(program, {at, spec, nodes});
    case 'bare-pod':
      return running
        .filter(o => o.kind === 'Pod')
        .map(o => {
          delete o.metadata['ownerReferences'];
          return o;
        });
    case 'rolling':
      return replaced(running);
    case 'starting':
      return starting(running);
    case 'draining':
      return leaving(running);
    case 'unread-owner': {
      // The operator's own kind is not read.
      for (const o of running) {
        if (o.kind !== 'ReplicaSet') continue;
        o.metadata['ownerReferences'] = [
          {apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: at.name, uid: 'r', controller: true},
        ];
      }
      return running.filter(o => o.kind !== 'Deployment');
    }
    case 'deployment':
    case 'host-process':
    case 'scaled-to-zero':
      break;
  }
  return running;
}

function addFront(world: World, {front}: Program, {at, pods}: {at: Made['at']; pods: Raw[]}): void {
  if (front === 'none') return;
  const made: Json[] = service(
    at,
    `10.96.${at.name.length}.${at.name.codePointAt(at.name.length - 1)}`,
    8080,
    pods,
  );
  const [svc, slice] = made;
  for (const endpoint of slice.endpoints) {
    const pod: Json = pods.find(p => p.metadata.name === endpoint.targetRef.name);
    if (pod.metadata.deletionTimestamp)
      endpoint.conditions = {ready: false, serving: true, terminating: true};
  }
  switch (front) {
    case 'headless':
      svc.spec.clusterIP = 'None';
      svc.spec.clusterIPs = ['None'];
      break;
    case 'node-port':
      svc.spec.type = 'NodePort';
      svc.spec.ports[0].nodePort = 30_080;
      break;
    case 'balancer':
      Object.assign(svc.spec, {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 31_000,
        allocateLoadBalancerNodePorts: true,
      });
      svc.status.loadBalancer = {ingress: [{ip: '203.0.113.7', ipMode: 'VIP'}]};
      break;
    case 'named-port':
      svc.spec.ports[0].targetPort = 'http';
      break;
    case 'dual': {
      Object.assign(svc.spec, {
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'PreferDualStack',
        clusterIPs: [svc.spec.clusterIP, 'fd00::7'],
      });
      const six = structuredClone(slice);
      six.metadata.name += '6';
      six.addressType = 'IPv6';
      six.endpoints.forEach((e: Json, i: number) => (e.addresses = [`fd00::${i + 10}`]));
      made.push(six);
      break;
    }
    case 'cluster':
  }
  world.add(...made);
}
