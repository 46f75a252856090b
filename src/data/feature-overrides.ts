/** Where Windows keeps changes of its components that a value turns on or off. */
export const OVERRIDES_KEY = String.raw`HKLM\SYSTEM\CurrentControlSet\Policies\Microsoft\FeatureManagement\Overrides`;

/** A value below `OVERRIDES_KEY` that does harm. */
export interface FeatureOverride {
  /** Number of the change, in decimal. */
  readonly name: string;
  readonly data: number;
  /** One clause: what it does. */
  readonly does: string;
}

/**
 * Overrides known to do harm, as of 2026-09: Microsoft's scripts that clean up stale load balancer rules name the value, and
 * images of AKS ship it as 0 (https://github.com/microsoft/wcnscripts, https://github.com/Azure/AgentBaker).
 */
export const OVERRIDES_THAT_BREAK: readonly FeatureOverride[] = [
  {
    name: '140377743',
    data: 1,
    does: 'HNS refuses to delete load balancers (“Invalid IP”), whose rules stay',
  },
];
