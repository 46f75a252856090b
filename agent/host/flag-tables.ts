/**
 * Flags whose values may leave a node, by program. A flag is here if a check or a person needs it and if its value can never be
 * a secret: no tokens, no kubeconfigs, no URLs (which can carry credentials), no free text such as headers.
 *
 * Sources: https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ and …/kube-proxy/,
 * https://github.com/containerd/containerd/blob/main/docs/man/containerd.8.md,
 * https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md,
 * https://github.com/antrea-io/antrea/blob/main/docs/antrea-agent.md (read November 2026).
 */
export const ALLOWED_FLAGS: Readonly<Record<string, readonly string[]>> = {
  kubelet: words(`
    address allowed-unsafe-sysctls authorization-mode cert-dir cgroup-driver cgroups-per-qos cloud-provider cluster-dns
    cluster-domain config config-dir container-log-max-files container-log-max-size container-runtime container-runtime-endpoint
    cpu-manager-policy enable-debugging-handlers enforce-node-allocatable event-burst event-qps eviction-hard
    eviction-minimum-reclaim eviction-soft feature-gates healthz-port hostname-override image-gc-high-threshold
    image-gc-low-threshold image-pull-progress-deadline image-service-endpoint kube-api-burst kube-api-qps kube-reserved
    kubelet-cgroups log-dir log-file logtostderr max-pods minimum-image-ttl-duration node-ip node-labels
    node-status-update-frequency pod-cidr pod-infra-container-image pod-max-pids port read-only-port register-node
    register-with-taints resolv-conf root-dir rotate-certificates rotate-server-certificates runtime-request-timeout
    serialize-image-pulls streaming-connection-idle-timeout sync-frequency system-reserved tls-cert-file tls-min-version v
    volume-plugin-dir windows-priorityclass windows-service windows_service`),
  'kube-proxy': words(`
    bind-address bind-address-hard-fail cluster-cidr config config-sync-period detect-local-mode enable-dsr feature-gates
    forward-healthcheck-vip healthz-bind-address hostname-override ipvs-min-sync-period ipvs-sync-period
    iptables-min-sync-period iptables-sync-period kube-api-burst kube-api-qps log-dir log-file logtostderr masquerade-all
    metrics-bind-address network-name nodeport-addresses proxy-mode root-hnsendpoint-name source-vip v windows-service
    windows_service`),
  containerd: words(
    `address a config c log-file log-level l register-service root run-service service-name state`,
  ),
  flanneld: words(`
    healthz-ip healthz-port iface iface-can-reach iface-regex ip-masq iptables-forward-rules iptables-resync kube-subnet-mgr
    net-config-path public-ip public-ipv6 subnet-dir subnet-file subnet-lease-renew-margin v`),
  'calico-node': words(`
    allocate-tunnel-addrs complete-startup confd felix felix-live felix-ready monitor-addresses monitor-token startup
    status-reporter v`),
  'antrea-agent': words('config log-file-max-num log-file-max-size log_dir logtostderr v'),
  'azure-cns': words('config-path log-level log-location log-target'),
  'hybrid-overlay-node': words('logfile loglevel node windows-service'),
};

/** Other names under which distributions run the same programs. */
export const PROGRAM_ALIASES: Readonly<Record<string, string>> = {
  kubeproxy: 'kube-proxy',
  'azure-cns-windows': 'azure-cns',
};

function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '');
}
