import type {Provider} from '../kube/provider.ts';

/**
 * Which Windows releases providers run, and until when. AKS:
 * https://learn.microsoft.com/azure/aks/upgrade-windows-os and https://github.com/Azure/AKS/releases; EKS:
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html; GKE:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/windows-server-gke (its API lists LTSC2019 and LTSC2022 only).
 */
export const checkedAt = '2026-11-21';

/** A Windows release at a provider. What is absent was not stated by the provider. */
export interface ProviderBuild {
  provider: Provider;
  build: number;
  /** As the provider calls it. */
  sku: string;
  /** First Kubernetes minor. */
  from?: string;
  /** Last Kubernetes minor. */
  to?: string;
  /** First day without support. */
  endOfSupport?: string;
  link: string;
}

const AKS = 'https://learn.microsoft.com/azure/aks/upgrade-windows-os';
const EKS = 'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html';
const GKE = 'https://cloud.google.com/kubernetes-engine/docs/concepts/windows-server-gke';

/** By provider, then by build. */
export const PROVIDER_BUILDS: readonly ProviderBuild[] = [
  {provider: 'aks', build: 17763, sku: 'Windows2019', to: '1.32', endOfSupport: '2026-03-01', link: AKS},
  {provider: 'aks', build: 20348, sku: 'Windows2022', to: '1.36', endOfSupport: '2028-06-30', link: AKS},
  {provider: 'aks', build: 25398, sku: 'WindowsAnnual', endOfSupport: '2026-05-15', link: AKS},
  {provider: 'aks', build: 26100, sku: 'Windows2025', from: '1.32', link: AKS},
  {provider: 'eks', build: 17763, sku: 'Windows Server 2019', link: EKS},
  {provider: 'eks', build: 20348, sku: 'Windows Server 2022', link: EKS},
  {provider: 'eks', build: 26100, sku: 'Windows Server 2025', from: '1.35', link: EKS},
  {provider: 'gke', build: 17763, sku: 'LTSC2019', link: GKE},
  {provider: 'gke', build: 20348, sku: 'LTSC2022', link: GKE},
];

/** What a provider says of a build; `undefined` where it names no such build, or is not in the table at all. */
export function providerBuild(provider: Provider, build: number): ProviderBuild | undefined {
  return PROVIDER_BUILDS.find(row => row.provider === provider && row.build === build);
}

/** Whether the table knows what a provider runs. */
export function isKnownProvider(provider: Provider): boolean {
  return PROVIDER_BUILDS.some(row => row.provider === provider);
}
