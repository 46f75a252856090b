import type {PeerAuthentication, Service} from '../../kube/types.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';

/** Istio's default root namespace: policies in it hold for the mesh (https://istio.io/latest/docs/reference/config/security/peer_authentication/). */
const ROOT_NAMESPACE = 'istio-system';

export default defineCheck({
  id: 'CIB010',
  name: 'ci-mesh-strict',
  severity: 'warning',
  since: '0.1.0',
  title: 'Istio demands mutual TLS, and the delegate has no headless Service',
  evidence: ['A'],
  needs: ['peerAuthentications', 'services', 'ciRequest'],
  docs: {
    what: "Where Istio's policy in force for the delegate's namespace is STRICT (its own, else that of the mesh), the namespace must hold a headless Service with a selector and ports.",
    why: 'Under STRICT mutual TLS the delegate reaches a build pod by its IP only if a headless Service makes the pod known to the mesh; else the stage hangs until its init timeout.',
    fix: [
      'Add a Service with `clusterIP: None`, a selector on `accountID`, and the ports to the namespace of the delegate; the example of the guide leaves its ports empty, which the API server refuses.',
      'Or set the policy of that namespace to PERMISSIVE with a PeerAuthentication of its own.',
    ],
    links: [BUILD_INFRASTRUCTURE, 'https://istio.io/latest/docs/tasks/security/authentication/authn-policy/'],
  },
  *run({peerAuthentications, services, ciRequest}): Iterable<Outcome> {
    const {delegate, namespace: builds} = ciRequest;
    if (!delegate) {
      yield unknown(
        {kind: 'Namespace', name: builds},
        'ciRequest',
        missing(
          'not-requested',
          'name the delegate with `--delegate NAMESPACE/NAME`: the Service must stand in its namespace',
        ),
      );
      return;
    }
    const policy =
      policyOf(delegate.namespace, peerAuthentications) ?? policyOf(ROOT_NAMESPACE, peerAuthentications);
    if (policy?.spec.mtls?.mode !== 'STRICT') {
      yield skip("Istio's STRICT mode does not hold in the namespace of the delegate");
      return;
    }
    const headless = services.find(s => s.metadata.namespace === delegate.namespace && isHeadless(s));
    if (headless) {
      yield pass(headless);
      return;
    }
    yield fail(policy, {
      cause: 'no-headless-service',
      message: `mutual TLS is STRICT in namespace \`${delegate.namespace}\`, and no headless Service there leads to the build pods`,
      evidence: [ref(policy, '/spec/mtls/mode', 'STRICT')],
    });
  },
});

/** The policy for a whole namespace; one with a selector holds for some workloads only. UNSET inherits. */
function policyOf(
  namespace: string,
  policies: readonly PeerAuthentication[],
): PeerAuthentication | undefined {
  return policies.find(
    ({metadata, spec: {selector, mtls}}) =>
      metadata.namespace === namespace &&
      Object.keys(selector?.matchLabels ?? {}).length === 0 &&
      mtls?.mode !== undefined &&
      mtls.mode !== 'UNSET',
  );
}

function isHeadless({spec: {clusterIP, selector, ports}}: Service): boolean {
  return clusterIP === 'None' && Object.keys(selector ?? {}).length > 0 && (ports ?? []).length > 0;
}
