import type {CodeRow} from './code-row.ts';

/**
 * HRESULTs of the Host Compute Service; logs print them as 0x8037xxxx or 0xc037xxxx. Codes and names:
 * https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult; causes on nodes: the issues linked in `hresults.ts`.
 */
export const checkedAt = '2026-11-21';

/** Ascending by code. */
export const HCS_CODES: readonly CodeRow[] = [
  [0x80370100, 'HCS_E_TERMINATED_DURING_START', 'the container ended while it was being started'],
  [
    0x80370101,
    'HCS_E_IMAGE_MISMATCH',
    'the Windows build of the image cannot run on the build of the node',
    'the image or the pause image is for another Windows Server',
  ],
  [
    0x80370102,
    'HCS_E_HYPERV_NOT_INSTALLED',
    'the virtual machine needs a feature that is not installed',
    'Hyper-V isolation on a node without Hyper-V or nested virtualisation',
  ],
  [
    0x80370105,
    'HCS_E_INVALID_STATE',
    'the container cannot do that in its present state',
    'a stop or exec met a container that was starting or gone',
  ],
  [
    0x80370106,
    'HCS_E_UNEXPECTED_EXIT',
    'the container ended by itself while it was worked on',
    'the image is for another build, or the node ran out of memory',
  ],
  [0x80370107, 'HCS_E_TERMINATED', 'the container was ended by force'],
  [0x80370108, 'HCS_E_CONNECT_FAILED', 'the inside of the container could not be reached'],
  [
    0x80370109,
    'HCS_E_CONNECTION_TIMEOUT',
    'the inside of the container did not answer in time',
    'the node is overloaded, or antivirus scans its layers',
  ],
  [0x8037010a, 'HCS_E_CONNECTION_CLOSED', 'the inside of the container closed the connection'],
  [0x8037010b, 'HCS_E_UNKNOWN_MESSAGE', 'the container sent a message that the node does not know'],
  [
    0x8037010c,
    'HCS_E_UNSUPPORTED_PROTOCOL_VERSION',
    'container and node share no version of their protocol',
    'the image is far older or newer than the node',
  ],
  [0x8037010d, 'HCS_E_INVALID_JSON', 'the description of the container is not valid'],
  [
    0x8037010e,
    'HCS_E_SYSTEM_NOT_FOUND',
    'there is no container of that id',
    'it is gone already; containerd tries again to remove it',
  ],
  [
    0x8037010f,
    'HCS_E_SYSTEM_ALREADY_EXISTS',
    'a container of that id is there already',
    'a shim that crashed left it behind',
  ],
  [0x80370110, 'HCS_E_SYSTEM_ALREADY_STOPPED', 'the container does not run any more'],
  [0x80370111, 'HCS_E_PROTOCOL_ERROR', 'container and node misunderstood each other'],
  [
    0x80370112,
    'HCS_E_INVALID_LAYER',
    'a layer of the image has a format that this build does not read',
    'an image for a newer Windows than the node, or a damaged layer',
  ],
  [0x80370113, 'HCS_E_WINDOWS_INSIDER_REQUIRED', 'the image is an insider build and the node is not'],
  [
    0x80370114,
    'HCS_E_SERVICE_NOT_AVAILABLE',
    'a feature that containers need is not installed',
    'the Windows feature Containers is missing',
  ],
  [0x80370115, 'HCS_E_OPERATION_NOT_STARTED', 'the operation has not begun'],
  [0x80370116, 'HCS_E_OPERATION_ALREADY_STARTED', 'the operation runs already'],
  [0x80370117, 'HCS_E_OPERATION_PENDING', 'the operation still runs'],
  [
    0x80370118,
    'HCS_E_OPERATION_TIMEOUT',
    'the operation took too long',
    'the node is overloaded, or vmcompute hangs',
  ],
  [0x80370119, 'HCS_E_OPERATION_SYSTEM_CALLBACK_ALREADY_SET', 'the handle has a callback already'],
  [
    0x8037011a,
    'HCS_E_OPERATION_RESULT_ALLOCATION_FAILED',
    'no memory for the answer',
    'the commit limit of the node is reached',
  ],
  [
    0x8037011b,
    'HCS_E_ACCESS_DENIED',
    'the caller may not manage containers',
    'containerd or the agent does not run as SYSTEM',
  ],
  [0x8037011c, 'HCS_E_GUEST_CRITICAL_ERROR', 'the container met a fatal error and was stopped'],
  [0x8037011d, 'HCS_E_PROCESS_INFO_NOT_AVAILABLE', 'nothing is known of the process'],
  [
    0x8037011e,
    'HCS_E_SERVICE_DISCONNECT',
    'the Host Compute Service went away',
    'vmcompute crashed or was restarted',
  ],
  [0x8037011f, 'HCS_E_PROCESS_ALREADY_STOPPED', 'the process has ended already'],
];
