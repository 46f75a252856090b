import type {CodeRow} from './code-row.ts';

/**
 * Win32 errors that containerd, HNS, kube-proxy and CSI drivers report on Windows nodes, plain or as 0x8007xxxx.
 * Names: https://learn.microsoft.com/windows/win32/debug/system-error-codes; causes: the issues linked in `hresults.ts`.
 */
export const checkedAt = '2026-11-21';

/** Ascending by code. */
export const WIN32_CODES: readonly CodeRow[] = [
  [
    0x1,
    'ERROR_INVALID_FUNCTION',
    'the driver does not know the request',
    'a filter driver, mostly antivirus or backup software, sits over the image layers',
  ],
  [
    0x2,
    'ERROR_FILE_NOT_FOUND',
    'a file is missing',
    'the command of the container is not in its image, or a named pipe is not served',
  ],
  [
    0x3,
    'ERROR_PATH_NOT_FOUND',
    'a folder is missing',
    'a mount path or working directory, or a Linux image on a Windows node',
  ],
  [
    0x5,
    'ERROR_ACCESS_DENIED',
    'access was refused',
    'antivirus holds image layers, or the service does not run as SYSTEM',
  ],
  [0x8, 'ERROR_NOT_ENOUGH_MEMORY', 'memory ran out'],
  [0xe, 'ERROR_OUTOFMEMORY', 'memory ran out'],
  [
    0x15,
    'ERROR_NOT_READY',
    'the device is not ready',
    'the disk of a layer or of the scratch space is not mounted',
  ],
  [
    0x20,
    'ERROR_SHARING_VIOLATION',
    'another process holds the file',
    'antivirus scans image layers while they are imported',
  ],
  [
    0x22,
    'ERROR_WRONG_DISK',
    'the medium is not the one expected',
    'the data of HNS (`HNS.data`) were written by another build, after an update of the OS',
  ],
  [
    0x35,
    'ERROR_BAD_NETPATH',
    'the server of the share was not found',
    'the node, not the pod, resolves the name: cluster DNS names do not work there',
  ],
  [0x43, 'ERROR_BAD_NET_NAME', 'the server has no share of that name'],
  [
    0x57,
    'ERROR_INVALID_PARAMETER',
    'an argument is wrong',
    'fields of HNS v1 and v2 are mixed, the pod CIDR changed, or a mount is not possible on Windows',
  ],
  [0x70, 'ERROR_DISK_FULL', 'the disk is full'],
  [0x7e, 'ERROR_MOD_NOT_FOUND', 'a DLL is missing', 'the image is for another Windows build than the node'],
  [
    0xb7,
    'ERROR_ALREADY_EXISTS',
    'it exists already',
    'kube-proxy makes a load balancer again after HNS was restarted',
  ],
  [0x102, 'WAIT_TIMEOUT', 'waiting took too long'],
  [
    0x10b,
    'ERROR_DIRECTORY',
    'the name of the directory is invalid',
    'the working directory is wrong, or the node lacks Windows updates since September 2020',
  ],
  [0x3e9, 'ERROR_STACK_OVERFLOW', 'the stack ran over'],
  [
    0x3f1,
    'ERROR_BADDB',
    'a registry hive is damaged',
    'an old HostProcess base image with empty hives on Windows Server 2025',
  ],
  [0x41d, 'ERROR_SERVICE_REQUEST_TIMEOUT', 'a service did not answer its start in time'],
  [0x42b, 'ERROR_PROCESS_ABORTED', 'a process or service ended unexpectedly'],
  [
    0x490,
    'ERROR_NOT_FOUND',
    'the element does not exist',
    'an id of a network, namespace or endpoint that HNS has deleted meanwhile',
  ],
  [
    0x4c3,
    'ERROR_SESSION_CREDENTIAL_CONFLICT',
    'the node is connected to that server under another user',
    'two volumes with different credentials on one SMB server',
  ],
  [0x522, 'ERROR_PRIVILEGE_NOT_HELD', 'a privilege is missing'],
  [
    0x52e,
    'ERROR_LOGON_FAILURE',
    'user name or password is wrong',
    'the Secret of the SMB volume is outdated, or the name lacks its domain',
  ],
  [
    0x5aa,
    'ERROR_NO_SYSTEM_RESOURCES',
    'the system lacks a kernel resource',
    'too many containers or handles on the node',
  ],
  [
    0x5af,
    'ERROR_COMMITMENT_LIMIT',
    'the page file is too small',
    'the commit limit of the node is reached: containers without memory limits, or a small page file',
  ],
  [0x5b4, 'ERROR_TIMEOUT', 'the operation took too long'],
  [
    0x6ba,
    'RPC_S_SERVER_UNAVAILABLE',
    'the RPC server does not answer',
    'for gMSA: no domain controller is reached',
  ],
  [
    0x1392,
    'ERROR_OBJECT_ALREADY_EXISTS',
    'the object exists already',
    'HNS kept an endpoint of a pod that is gone',
  ],
  [0x2740, 'WSAEADDRINUSE', 'address and port are in use'],
  [0x2747, 'WSAENOBUFS', 'no buffer or no free port is left', 'ephemeral ports are used up'],
  [0x274c, 'WSAETIMEDOUT', 'the other side did not answer'],
  [0x274d, 'WSAECONNREFUSED', 'nothing listens there'],
  [0x2af9, 'WSAHOST_NOT_FOUND', 'the name was not resolved'],
];
