import type {Pod} from '../../../src/kube/types.ts';
import type {Probing} from '../../../src/probes/evidence.ts';
import {probeByExec} from '../../exec/probe-pods.ts';
import type {PodProbing} from '../../exec/probe-pods.ts';
import {thousands} from '../../../src/text/words.ts';

interface ExecOptions extends Pick<PodProbing, 'sockets' | 'signal'> {
  progress?: ((text: string) => void) | undefined;
}

/** Has what no agent tried from inside a pod tried by programs of the pod's image; what they cannot do stays lost, with their reason. */
export async function triedByExec(
  {plan, results, losses}: Probing,
  pods: readonly Pod[],
  {progress, ...options}: ExecOptions,
): Promise<Probing> {
  const known = new Set(results.map(r => r.probe));
  const open = plan.probes.filter(p => p.from.pod && !known.has(p.id));
  if (open.length === 0) return {plan, results, losses};
  const containers = new Map(
    pods.map(({metadata, spec}) => [
      `${metadata.namespace ?? ''}/${metadata.name}`,
      spec.containers[0]?.name,
    ]),
  );
  const got = await probeByExec(open, {
    ...options,
    containerOf: ({namespace, name}) => containers.get(`${namespace}/${name}`),
    progress: done =>
      progress?.(`trying connections by exec: ${thousands(done)} of ${thousands(open.length)}`),
  });
  const asked = Map.groupBy(open, p => p.from.node);
  const left = losses.flatMap(loss => {
    const probes = loss.probes - (asked.get(loss.node)?.length ?? 0);
    return probes > 0 ? [{...loss, probes}] : [];
  });
  return {plan, results: [...results, ...got.results], losses: [...left, ...got.losses]};
}
