/**
 * Names of runtime handlers on Windows nodes: https://github.com/containerd/containerd/blob/main/docs/cri/config.md and the
 * node setups of AKS (https://github.com/Azure/AgentBaker/tree/master/staging/cse/windows).
 */
export const checkedAt = '2026-11-21';

const HYPERVISOR = /^runhcs-wcow-hypervisor(?:-|$)/;
/** runhcs is the shim of Windows containers; all distributions name their handlers after it. */
const WINDOWS = /^runhcs|wcow/i;

/** Whether a handler starts containers in a virtual machine of their own: `runhcs-wcow-hypervisor`, `…-20348`. */
export function isHypervisorHandler(handler: string | undefined): boolean {
  return handler !== undefined && HYPERVISOR.test(handler);
}

/** Whether a handler's name shows that it is for Windows. */
export function isWindowsHandler(handler: string | undefined): boolean {
  return handler !== undefined && WINDOWS.test(handler);
}
