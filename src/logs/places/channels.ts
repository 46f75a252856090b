/** A channel of the Windows event log. */
export interface Channel {
  readonly id: string;
  readonly component: string;
  readonly name: string;
}

const channel = (id: string, component: string, name: string): Channel => ({id, component, name});

/**
 * Channels that say something of Windows containers; what their events mean is in `explain`. The Security channel is none of
 * them and never will be.
 */
export const CHANNELS: readonly Channel[] = [
  channel('system', 'system', 'System'),
  channel('application', 'application', 'Application'),
  channel('hns', 'hns', 'Microsoft-Windows-Host-Network-Service-Admin'),
  channel('hns-operational', 'hns', 'Microsoft-Windows-Host-Network-Service-Operational'),
  channel('hcs', 'hcs', 'Microsoft-Windows-Hyper-V-Compute-Admin'),
  channel('hcs-operational', 'hcs', 'Microsoft-Windows-Hyper-V-Compute-Operational'),
  channel('vmswitch', 'hns', 'Microsoft-Windows-Hyper-V-VmSwitch-Operational'),
  channel('wcifs', 'containers', 'Microsoft-Windows-Containers-Wcifs/Operational'),
  channel('wcnfs', 'containers', 'Microsoft-Windows-Containers-Wcnfs/Operational'),
  channel('bindflt', 'containers', 'Microsoft-Windows-Containers-BindFlt/Operational'),
  channel('ccg', 'gmsa', 'Microsoft-Windows-Containers-CCG/Admin'),
  channel('aks-gmsa', 'gmsa', 'Microsoft-AKSGMSAPlugin/Admin'),
  channel('eks', 'kubelet', 'EKS'),
];
