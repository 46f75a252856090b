import type {Outcome} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, skip, specRef, unknown} from '../define.ts';
import {buildPodsOf} from './shared/build-pods.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';
import {failSetting, owningStagesOf, stageName, stagesOf} from './shared/stages.ts';

export default defineCheck({
  id: 'CIB006',
  name: 'ci-token-not-mounted',
  severity: 'error',
  since: '0.1.0',
  title: 'Build pods get no service account token',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'serviceAccounts', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'The infrastructure of a stage, a build pod, and the service account of the build farm must not switch `automountServiceAccountToken` off. Left out it is true: CI adds the setting, and so does Kubernetes.',
    why: 'Steps that speak to the Kubernetes API, or take their cloud identity from the account, are refused.',
    fix: [
      'Set `automountServiceAccountToken: true` in the infrastructure of the stage, which also overrides the account.',
      'Or on the account: `kubectl patch serviceaccount ACCOUNT -n NAMESPACE -p \'{"automountServiceAccountToken": true}\'`.',
    ],
    links: [
      BUILD_INFRASTRUCTURE,
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = owningStagesOf(stagesOf(wants.pipelines));
    const pods = buildPodsOf(workloads, wants.ciRequest, wants);
    for (const place of stages) {
      if (place.settings['automountServiceAccountToken'] !== false) {
        yield pass(place.pipeline);
        continue;
      }
      yield failSetting(place, '/automountServiceAccountToken', {
        cause: 'stage',
        message: `stage "${stageName(place)}" sets \`automountServiceAccountToken: false\``,
        value: false,
      });
    }
    for (const {workload, view} of pods) {
      if (view.spec.automountServiceAccountToken !== false) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'pod',
        message: 'a build pod sets `automountServiceAccountToken: false`',
        evidence: [specRef(view, '/automountServiceAccountToken', false)],
      });
    }
    if (wants.ciRequest.ok) {
      const {namespace, serviceAccount} = wants.ciRequest.value;
      const subject = {kind: 'ServiceAccount', namespace, name: serviceAccount};
      if (!wants.serviceAccounts.ok) {
        yield unknown(subject, 'serviceAccounts', wants.serviceAccounts);
        return;
      }
      const account = wants.serviceAccounts.value.find(
        a => a.metadata.namespace === namespace && a.metadata.name === serviceAccount,
      );
      // A pod's own setting overrides its account's, and CI writes one into every pod it makes.
      const overridden = pods.some(p => p.view.spec.automountServiceAccountToken === true);
      if (account?.automountServiceAccountToken === false && !overridden) {
        yield fail(account, {
          severity: 'warning',
          cause: 'account',
          message: `the account \`${serviceAccount}\` sets \`automountServiceAccountToken: false\`, so only pods that ask for it get a token`,
          evidence: [ref(account, '/automountServiceAccountToken', false)],
        });
      } else if (account) yield pass(account);
    } else if (stages.length + pods.length === 0) yield skip('there is no build stage and no build pod');
  },
});
