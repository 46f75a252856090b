import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {PROBES_FILE, writeProbing} from '../../../src/probes/file.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {Shelf} from '../../bundle/spool.ts';
import type {Access} from '../../kube/access.ts';
import type {ProbeFlags} from '../probes/flags.ts';
import {planOptionsOf} from '../probes/flags.ts';
import {planFor} from '../probes/plan.ts';
import {tryPlan} from '../probes/try.ts';

export interface BundleProbesOptions {
  probe: ProbeFlags['probe'];
  snapshot: Snapshot;
  access: Access;
  scope: Scope;
  allowExec: boolean;
  spool: Shelf;
  signal: AbortSignal;
  progress: (text: string) => void;
}

/** Has agents try connections, and puts the plan with its results into a spool; answers what is missing. */
export async function writeProbes({
  probe,
  snapshot,
  spool,
  ...trying
}: BundleProbesOptions): Promise<ManifestGap[]> {
  const plan = planFor(snapshot, trying.scope, planOptionsOf({probe}));
  const tried = await tryPlan(plan, {...trying, required: false, note: trying.progress});
  if (!tried.ok) return [{what: 'probes', reason: tried.reason, detail: tried.detail}];
  spool.file(PROBES_FILE, writeProbing(tried.value), {source: 'agents: POST /v1/probes'});
  return tried.value.losses.map(({node, reason, detail}) => ({
    what: 'probes',
    node,
    reason,
    detail,
    partial: true,
  }));
}
