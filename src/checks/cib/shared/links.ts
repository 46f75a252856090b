const BASE =
  'https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/k8s-build-infrastructure';

/** How Windows builds on a Kubernetes build farm are set up. */
export const WINDOWS_BUILDS = `${BASE}/run-windows-builds-in-a-kubernetes-build-infrastructure`;

/** How a Kubernetes build farm is set up. */
export const BUILD_INFRASTRUCTURE = `${BASE}/set-up-a-kubernetes-cluster-build-infrastructure`;

/** What the account of a Kubernetes connector must be allowed to do. */
export const CONNECTOR_PERMISSIONS =
  'https://developer.harness.io/docs/platform/connectors/cloud-providers/ref-cloud-providers/kubernetes-cluster-connector-settings-reference#permissions-required';
