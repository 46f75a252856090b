/** Names of child processes, apart from what starts them and from what they do; those of HNS and HCS are their collectors'. */
export const CHILD = {
  logMonitor: 'logmonitor',
  volumes: 'volumes',
  probe: 'probe',
  windows: 'windows',
} as const;
