import type {Area} from './define.ts';
import type {Judgement} from './engine.ts';

/** What every namespace depends on, wherever it runs: nodes and their agents, the network, DNS, the provider, the build farm. */
const SHARED: ReadonlySet<Area> = new Set([
  'NOD',
  'CRI',
  'ADV',
  'HNS',
  'CNI',
  'NET',
  'DNS',
  'CLD',
  'CIB',
  'AGT',
]);

/**
 * What of a judgement concerns one namespace. DaemonSets of others are read, too, as they tell what the cluster runs;
 * their own faults are not what was asked for.
 */
export function withinNamespace(judgement: Judgement, namespace: string | undefined): Judgement {
  if (namespace === undefined) return judgement;
  const fails = judgement.fails.flatMap(({check, fails: all}) => {
    const kept = SHARED.has(check.area)
      ? all
      : all.filter(f => f.subject.namespace === undefined || f.subject.namespace === namespace);
    return kept.length > 0 ? [{check, fails: kept}] : [];
  });
  const count = fails.reduce((sum, f) => sum + f.fails.length, 0);
  return {...judgement, fails, counts: {...judgement.counts, fail: count}};
}
