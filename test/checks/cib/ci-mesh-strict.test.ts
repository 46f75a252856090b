import check from '../../../src/checks/cib/ci-mesh-strict.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {ciFarm} from '../../helpers/ci.ts';
import type {Raw} from '../../helpers/raw.ts';

const policy = (namespace: string, mode: string, more: object = {}): Raw => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: {name: 'default', namespace},
  spec: {mtls: {mode}, ...more},
});
const headless = (namespace: string, spec: object = {}): Raw => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name: 'headless', namespace},
  spec: {clusterIP: 'None', selector: {accountID: 'a1'}, ports: [{port: 20001, protocol: 'TCP'}], ...spec},
});

checkCases({
  check,
  finds: {
    'STRICT for the whole mesh': () => [
      ciFarm().add(policy('istio-system', 'STRICT')),
      {severity: 'warning', subjects: ['PeerAuthentication/istio-system/default']},
    ],
    "STRICT in the delegate's namespace": () => [
      ciFarm().add(policy('harness', 'STRICT')),
      {subjects: ['PeerAuthentication/harness/default']},
    ],
    'a headless Service in another namespace does not help': () => [
      ciFarm().add(policy('harness', 'STRICT'), headless('builds')),
      {subjects: ['PeerAuthentication/harness/default']},
    ],
    'a Service with an address is not headless': () => [
      ciFarm().add(policy('harness', 'STRICT'), headless('harness', {clusterIP: '10.96.4.4'})),
      {subjects: ['PeerAuthentication/harness/default']},
    ],
  },
  passes: {
    'a cluster without Istio': () => ciFarm(),
    'a headless Service beside the delegate': () =>
      ciFarm().add(policy('istio-system', 'STRICT'), headless('harness')),
    'the namespace is more lenient than the mesh': () =>
      ciFarm().add(policy('istio-system', 'STRICT'), policy('harness', 'PERMISSIVE')),
    'STRICT for some workloads only': () =>
      ciFarm().add(policy('harness', 'STRICT', {selector: {matchLabels: {app: 'bank'}}})),
  },
  unknown: {
    'the policies may not be listed': () => [ciFarm().without('peerAuthentications'), 'peerAuthentications'],
    'no delegate was named': () => [
      ciFarm()
        .with('ciRequest', {namespace: 'builds', serviceAccount: 'builder'})
        .add(policy('istio-system', 'STRICT')),
      'ciRequest',
    ],
  },
});
