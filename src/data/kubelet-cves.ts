/** Vulnerabilities of the kubelet on Windows, as Kubernetes announced them (https://kubernetes.io/docs/reference/issues-security/official-cve-feed/). */
export const checkedAt = '2026-11-21';

/** A vulnerability of the kubelet on Windows. */
export interface KubeletCve {
  id: string;
  introduced?: string;
  fixed: readonly string[];
  /** CVSS base score. */
  score: number;
  /** Day of disclosure. */
  published: string;
  /** What an attacker may do, as a clause. */
  effect: string;
  link: string;
}

/** By day of disclosure. */
export const KUBELET_CVES: readonly KubeletCve[] = [
  {
    id: 'CVE-2021-25749',
    introduced: '1.20.0',
    fixed: ['1.22.14', '1.23.11', '1.24.5'],
    score: 3.4,
    published: '2022-09-15',
    effect: 'a pod with `runAsNonRoot` may run as ContainerAdministrator',
    link: 'https://github.com/kubernetes/kubernetes/issues/112192',
  },
  {
    id: 'CVE-2023-3676',
    fixed: ['1.24.17', '1.25.13', '1.26.8', '1.27.5', '1.28.1'],
    score: 8.8,
    published: '2023-08-23',
    effect: 'who may create pods can become administrator of the node',
    link: 'https://github.com/kubernetes/kubernetes/issues/119339',
  },
  {
    id: 'CVE-2023-3955',
    fixed: ['1.24.17', '1.25.13', '1.26.8', '1.27.5', '1.28.1'],
    score: 8.8,
    published: '2023-08-23',
    effect: 'who may create pods can become administrator of the node',
    link: 'https://github.com/kubernetes/kubernetes/issues/119595',
  },
  {
    id: 'CVE-2023-5528',
    fixed: ['1.25.16', '1.26.11', '1.27.8', '1.28.4'],
    score: 7.2,
    published: '2023-11-14',
    effect: 'who may create pods and persistent volumes can become administrator of the node',
    link: 'https://github.com/kubernetes/kubernetes/issues/121879',
  },
  {
    id: 'CVE-2024-5321',
    fixed: ['1.27.16', '1.28.12', '1.29.7', '1.30.3'],
    score: 6.1,
    published: '2024-07-17',
    effect: 'users of the node can read container logs and change them',
    link: 'https://github.com/kubernetes/kubernetes/issues/126161',
  },
  {
    id: 'CVE-2024-9042',
    fixed: ['1.29.13', '1.30.9', '1.31.5', '1.32.1'],
    score: 5.9,
    published: '2025-01-15',
    effect: 'where NodeLogQuery is on, who may query node logs can run commands on the node',
    link: 'https://github.com/kubernetes/kubernetes/issues/129654',
  },
];
