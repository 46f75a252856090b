import {containersOf} from '../../kube/containers.ts';
import type {Service, ServicePort} from '../../kube/types.ts';
import type {SpecView} from '../../kube/workloads.ts';
import {decisiveSpecs, idOf} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, specRef} from '../define.ts';
import {selectedServices} from './shared/windows-services.ts';

interface DeclaredPort {
  name: string | undefined;
  port: number;
  protocol: string;
  pointer: string;
}

export default defineCheck({
  id: 'SVC013',
  name: 'target-port-not-exposed',
  severity: 'info',
  since: '0.1.0',
  title: 'A Service targets a port that its Windows pods do not declare',
  evidence: ['A'],
  needs: ['services', 'workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Compares the target ports of each Service that picks Windows pods with the ports that their containers declare. A named target port that no container has is an error; a number that is not among the declared ones is an information, as a container may listen without declaring. Pods that declare no port at all say nothing.',
    why: 'A named port that does not exist gives the Service no endpoint for that port. A number that is not declared is often a mistake for the port beside it (80 for 8080).',
    fix: [
      'Correct `targetPort` of the Service, or `ports` of the container.',
      'See where the program listens: `kubectl exec -n NAMESPACE POD -- netstat -an`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  },
  *run({services, workloads, wants}) {
    for (const {service, windows} of selectedServices(services, workloads, wants)) {
      if (windows.length === 0) continue;
      const found = windows.flatMap(({workload}) =>
        decisiveSpecs(workload).flatMap(view =>
          (service.spec.ports ?? []).flatMap((port, i) =>
            judgePort(service, {port, index: i, view, workload: idOf(workload.owner)}),
          ),
        ),
      );
      if (found.length > 0) yield* found;
      else yield pass(service);
    }
  },
});

interface PortUse {
  port: ServicePort;
  index: number;
  view: SpecView;
  workload: string;
}

function judgePort(service: Service, {port, index, view, workload}: PortUse): Outcome[] {
  const target = port.targetPort ?? port.port;
  const protocol = port.protocol ?? 'TCP';
  const declared = declaredPorts(view).filter(p => p.protocol === protocol);
  const named = typeof target === 'string';
  // Whoever declares nothing has not said where it listens.
  if (!named && declared.length === 0) return [];
  if (declared.some(p => (named ? p.name === target : p.port === target))) return [];
  const {namespace = '', name} = service.metadata;
  const has = declared.map(p => (p.name === undefined ? `${p.port}` : `${p.name} (${p.port})`));
  const says = has.length === 0 ? 'declares no port' : `declares ${has.join(', ')}`;
  return [
    fail(service, {
      ...(named && {severity: 'error' as const}),
      cause: named ? 'named port missing' : 'port not declared',
      message: `Service ${namespace}/${name} sends port ${port.port} to ${named ? `the port named ${target}` : target}, but ${workload} ${says} for ${protocol}`,
      workload,
      evidence: [
        port.targetPort === undefined
          ? ref(service, `/spec/ports/${index}/port`, port.port)
          : ref(service, `/spec/ports/${index}/targetPort`, target),
        ...(declared.length === 0
          ? [specRef(view, '/containers')]
          : declared.map(p => specRef(view, p.pointer, p.port))),
      ],
    }),
  ];
}

/** Ports of containers that run beside each other: the containers, and init containers that stay (sidecars). */
function declaredPorts({spec}: SpecView): DeclaredPort[] {
  const beside = containersOf(spec).filter(c => !c.init || c.container.restartPolicy === 'Always');
  return beside.flatMap(({container, pointer}) =>
    (container.ports ?? []).map((p, i) => ({
      name: p.name,
      port: p.containerPort,
      protocol: p.protocol ?? 'TCP',
      pointer: `${pointer}/ports/${i}/containerPort`,
    })),
  );
}
