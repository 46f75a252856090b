const SANDBOX =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1a2b": ';
const TASK = 'Error: failed to create containerd task: failed to create shim task: ';
const START = 'Error: failed to start containerd task "web": ';
const UNPACK = 'Failed to pull image "example.test/app:1": failed to extract layer sha256:1a2b: ';
const SMB =
  'MountVolume.MountDevice failed for volume "share" : rpc error: code = Internal desc = smb mapping failed with error: NewSmbGlobalMapping failed. output: ';

/** Texts in the shape in which kubelets and runtimes write them, each with the class that it is of. */
export const ERROR_TEXTS: readonly (readonly [id: string, text: string])[] = [
  ['host-lacks-updates', `${TASK}hcs::CreateComputeSystem web: The directory name is invalid.: unknown`],
  [
    'working-directory-invalid',
    `${START}hcs::System::CreateProcess web: The directory name is invalid.: unknown`,
  ],
  ['compute-system-access-denied', `${TASK}hcs::CreateComputeSystem web: Access is denied.: unknown`],
  ['compute-start-timeout', `${START}hcs::System::Start web: context deadline exceeded: unknown`],
  [
    'compute-start-timeout',
    'hcs::CreateComputeSystem web: The operation did not complete in time (0xc0370118)',
  ],
  [
    'sandbox-name-reserved',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "web_shop_0": name is reserved for "1a2b"',
  ],
  [
    'host-process-logon-denied',
    `${START}failed to create user process token: failed to logon user: Access is denied.: unknown`,
  ],
  [
    'container-exited-at-start',
    'container web encountered an error during Start: failure in a Windows system call: The virtual machine or container exited unexpectedly. (0xc0370106)',
  ],
  [
    'entrypoint-not-found',
    `${START}hcs::System::CreateProcess web: The system cannot find the file specified.: unknown`,
  ],
  [
    'wincat-missing',
    'failed to exec in sandbox: hcs::System::CreateProcess: wincat.exe 127.0.0.1 80 1a2b: The system cannot find the file specified.: unknown',
  ],
  [
    'compute-parameter-incorrect',
    `${TASK}hcs::CreateComputeSystem web: The parameter is incorrect.: unknown`,
  ],
  [
    'mount-path-syntax',
    `${TASK}hcs::CreateComputeSystem web: The filename, directory name, or volume label syntax is incorrect.: unknown`,
  ],
  [
    'commit-exhausted',
    `${TASK}hcs::CreateComputeSystem web: The paging file is too small for this operation to complete.: unknown`,
  ],
  [
    'system-resources-exhausted',
    `${TASK}hcs::CreateComputeSystem web: Insufficient system resources exist to complete the requested service.: unknown`,
  ],
  [
    'compute-invalid-state',
    'hcs::System::CreateProcess web: The requested virtual machine or container operation is not valid in the current state. (0xc0370105)',
  ],
  [
    'pipe-mount-in-host-process',
    `${TASK}named pipe mounts not supported for job containers - interact with the pipe directly: unknown`,
  ],
  [
    'hypervisor-absent',
    `${TASK}hcs::CreateComputeSystem web: The virtual machine could not be started because a required feature is not installed.: unknown`,
  ],
  [
    'compute-service-lost',
    `${TASK}hcs::CreateComputeSystem web: The host compute system service has disconnected unexpectedly.: unknown`,
  ],
  [
    'image-build-mismatch',
    `${TASK}hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown`,
  ],
  [
    'no-windows-platform',
    'Failed to pull image "example.test/app:1": no match for platform in manifest: not found',
  ],
  [
    'pause-image-unresolvable',
    'failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull image: dial tcp: lookup registry.k8s.io: no such host',
  ],
  [
    'eks-pause-image-gone',
    'failed to get sandbox image "amazonaws.com/eks/pause-windows:latest": failed to pull: 403 Forbidden',
  ],
  [
    'pause-image-unavailable',
    'failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull and unpack image: i/o timeout',
  ],
  [
    'containerd-unreachable',
    'rpc error: connection error: desc = "transport: open //./pipe/containerd-containerd: The system cannot find the file specified."',
  ],
  [
    'runtime-connection-lost',
    'Failed to create pod sandbox: rpc error: code = Unavailable desc = error reading from server: EOF',
  ],
  ['pleg-unhealthy', 'PLEG is not healthy: pleg was last seen active 4m1s ago; threshold is 3m0s'],
  [
    'runtime-handler-missing',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = no runtime for "runhcs-wcow-other" is configured',
  ],
  [
    'runtime-timeout',
    'error killing pod: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
  ],
  [
    'layer-device-not-ready',
    `${TASK}hcsshim::PrepareLayer - failed failed in Win32: The device is not ready. (0x15)`,
  ],
  [
    'layer-parameter-incorrect',
    `${TASK}hcsshim::PrepareLayer - failed failed in Win32: The parameter is incorrect. (0x57)`,
  ],
  ['layer-filter-driver', `${TASK}hcsshim::PrepareLayer - failed failed in Win32: Incorrect function. (0x1)`],
  [
    'layer-of-other-build',
    `${UNPACK}hcsshim::ProcessBaseLayer C:\\layers\\1: The specified module could not be found.: unknown`,
  ],
  ['layer-access-denied', `${UNPACK}hcsshim::ProcessBaseLayer C:\\layers\\1: Access is denied.: unknown`],
  [
    'linux-layer-on-windows',
    `${UNPACK}hcsshim::ProcessBaseLayer C:\\layers\\1: The system cannot find the path specified.: unknown`,
  ],
  [
    'layer-in-use',
    `${UNPACK}hcsshim::ImportLayer - failed failed in Win32: The process cannot access the file because it is being used by another process. (0x20)`,
  ],
  ['layer-import-denied', `${UNPACK}hcsshim::ImportLayer - failed failed in Win32: Access is denied. (0x5)`],
  [
    'registry-hive-corrupt',
    `${UNPACK}hcsshim::ImportLayer failed in Win32: The configuration registry database is corrupt. (0x3f1)`,
  ],
  [
    'layer-format-unknown',
    `${UNPACK}The container image contains a layer with an unrecognized format. (0xc0370112)`,
  ],
  [
    'layer-digest-wrong',
    'failed to create containerd container: error unpacking image: wrong diff id calculated on extraction "sha256:1a2b"',
  ],
  ['layer-archive-damaged', `${UNPACK}archive/tar: invalid tar header: unknown`],
  [
    'layer-chain-damaged',
    "Failed to unmarshall layerchain json - invalid character '\\x00' looking for beginning of value",
  ],
  [
    'namespace-attach-failed',
    `${TASK}hcs::CreateComputeSystem web: The requested operation for attach namespace failed.: unknown`,
  ],
  [
    'network-already-exists',
    `${SANDBOX}hnsCall failed in Win32: A network with this name already exists. (0x803b0010)`,
  ],
  [
    'network-parameter-incorrect',
    `${SANDBOX}hcnCreateNetwork failed in Win32: The parameter is incorrect. (0x57) {"Success":false,"ErrorCode":2147942487}`,
  ],
  [
    'hns-parameter-incorrect',
    `${SANDBOX}hcnCreateEndpoint failed in Win32: The parameter is incorrect. (0x57)`,
  ],
  [
    'hns-object-not-found',
    'failed to destroy network for sandbox: hcnOpenNamespace failed in Win32: Element not found. (0x490)',
  ],
  ['endpoint-already-exists', `${SANDBOX}hnsCall failed in Win32: The object already exists. (0x1392)`],
  [
    'cni-store-locked',
    `${SANDBOX}Failed to initialize key-value store of network plugin, err:timed out locking store`,
  ],
  [
    'address-invalid-or-reserved',
    `${SANDBOX}hcnCreateEndpoint failed in Win32: An address provided is invalid or reserved. (0x803b002f)`,
  ],
  [
    'address-outside-subnet',
    `${SANDBOX}hcnCreateEndpoint failed in Win32: IP address is either invalid or not part of any configured subnet(s). (0x803b001e)`,
  ],
  ['netns-unparsable', `${SANDBOX}failed to parse netns 1a2b-3c4d`],
  [
    'vpc-address-label-missing',
    `${SANDBOX}failed to parse Kubernetes args: pod does not have label vpc.amazonaws.com/PrivateIPv4Address`,
  ],
  [
    'ip-pool-exhausted',
    `${SANDBOX}failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254`,
  ],
  [
    'ip-pool-exhausted',
    `${SANDBOX}Failed to allocate pool: Failed to delegate: Failed to allocate address: No available addresses`,
  ],
  ['ip-pool-exhausted', `${SANDBOX}failed to request 1 IPv4 addresses. IPAM allocated only 0.`],
  ['network-adapter-not-found', `${SANDBOX}HNSCall failed in Win32: An adapter was not found. (0x803b0006)`],
  [
    'pod-network-missing',
    `${SANDBOX}hcnOpenNetwork failed in Win32: The network was not found. (0x803b0001)`,
  ],
  [
    'hns-policy-invalid',
    `${SANDBOX}hnsCall failed in Win32: The provided policy configuration is invalid or missing parameters. (0x803b000d)`,
  ],
  ['endpoint-degraded', `${SANDBOX}There was an operation attempted on a degraded object. (0x803b0017)`],
  [
    'endpoint-already-attached',
    `${SANDBOX}hnsCall failed in Win32: This endpoint is already attached to the switch. (0x803b0014)`,
  ],
  [
    'namespace-stuck',
    'hcnDeleteNamespace failed in Win32: The specified request is unsupported (0x803b0015)',
  ],
  [
    'hns-data-of-other-build',
    `${SANDBOX}hnsCall failed in Win32: The wrong diskette is in the drive. (0x22)`,
  ],
  [
    'flannel-subnet-missing',
    `${SANDBOX}plugin type="flannel" failed (add): open C:\\run\\flannel\\subnet.env: The system cannot find the path specified.`,
  ],
  [
    'calico-nodename-missing',
    `${SANDBOX}plugin type="calico" failed (add): CreateFile C:\\CalicoWindows\\nodename: The system cannot find the file specified: check that the calico/node container is running and has mounted the folder`,
  ],
  [
    'cni-not-initialized',
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
  ],
  [
    'cni-unauthorized',
    `${SANDBOX}plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized`,
  ],
  [
    'load-balancer-port-exists',
    'hcnCreateLoadBalancer failed in Win32: The specified port already exists. (0x803b0013)',
  ],
  [
    'switch-port-not-found',
    'hcnCreateLoadBalancer failed in Win32: The switch-port was not found. (0x803b0007)',
  ],
  [
    'load-balancer-already-exists',
    'hcnCreateLoadBalancer failed in Win32: Cannot create a file when that file already exists. (0xb7)',
  ],
  ['hns-crashed', 'The Host Network Service service terminated unexpectedly.  It has done this 3 time(s).'],
  ['gmsa-rpc-unavailable', 'hcsshim::CreateComputeSystem web: winapi error #3489792023.'],
  ['gmsa-credentials-refused', 'hcs::CreateComputeSystem web: winapi error #3489661095.'],
  [
    'gmsa-identity-incorrect',
    `${TASK}hcs::CreateComputeSystem web: The configured identity is incorrect.: unknown`,
  ],
  [
    'non-root-refused',
    'Error: container\'s runAsUserName (ContainerAdministrator) which will be regarded as root identity and will break non-root policy (pod: "web_shop(1a2b)", container: web)',
  ],
  [
    'config-object-missing',
    'MountVolume.SetUp failed for volume "config" : configmap "web-config" not found',
  ],
  ['config-object-missing', "Error: couldn't find key token in Secret shop/web"],
  ['smb-helper-failed', `${SMB}"", err: exit status 0xc0000142`],
  [
    'smb-credentials-wrong',
    `${SMB}"New-SmbGlobalMapping : The user name or password is incorrect. FullyQualifiedErrorId : Windows System Error 1326,New-SmbGlobalMapping"`,
  ],
  [
    'smb-server-unreachable',
    `${SMB}"New-SmbGlobalMapping : The network path was not found. FullyQualifiedErrorId : Windows System Error 53,New-SmbGlobalMapping"`,
  ],
  [
    'smb-several-users',
    `${SMB}"New-SmbGlobalMapping : Multiple connections to a server or shared resource by the same user, using more than one user name, are not allowed."`,
  ],
  ['smb-source-malformed', `${SMB}"New-SmbGlobalMapping : The parameter is incorrect."`],
  ['smb-failed', `${SMB}"New-SmbGlobalMapping : something else", err: exit status 1`],
  [
    'csi-driver-not-registered',
    'MountVolume.MountDevice failed for volume "data" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name smb.csi.k8s.io not found in the list of registered CSI drivers',
  ],
  [
    'csi-proxy-unreachable',
    'rpc error: open \\\\.\\pipe\\csi-proxy-filesystem-v1: The system cannot find the file specified.',
  ],
  [
    'volume-attached-elsewhere',
    'Multi-Attach error for volume "data" Volume is already exclusively attached to one node and can\'t be attached to another',
  ],
  [
    'host-path-wrong-type',
    'MountVolume.SetUp failed for volume "logs" : hostPath type check failed: C:\\logs is not a directory',
  ],
  [
    'volumes-late',
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data token]: timed out waiting for the condition',
  ],
  ['vpc-address-quota', '0/6 nodes are available: 6 Insufficient vpc.amazonaws.com/PrivateIPv4Address.'],
];
