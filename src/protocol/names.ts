/**
 * Names that the plugin, the agent and the manifests agree on (CONTRACT §6). They are public: roles of users and scripts
 * of administrators name them.
 */

/** Namespace of everything that `agent install` creates. */
export const AGENT_NAMESPACE = 'kubectl-win';
/** Container of the agent in each of its pods. */
export const AGENT_CONTAINER = 'agent';
/** DaemonSets by the operating system of their nodes. */
export const AGENT_DAEMON_SETS = {
  windows: 'kubectl-win-agent-windows',
  linux: 'kubectl-win-agent-linux',
} as const;
/** Secret that holds the key of all agents, and its one entry. */
export const AGENT_KEY_SECRET = 'kubectl-win-agent-key';
export const AGENT_KEY_ENTRY = 'key';
/** TCP port on 127.0.0.1 of each node. */
export const AGENT_PORT = 10270;
/** The program, without its extension. */
export const AGENT_PROGRAM = 'kubectl-win-agent';

/** Repository of the agent's image; a build for another registry replaces it. The tag is `v` and the version. */
export const AGENT_IMAGE = 'ghcr.io/kubectl-win/kubectl-win-agent';
/** The same of the image that has the plugin, for what runs it in the cluster (`net schedule`). */
export const PLUGIN_IMAGE = 'ghcr.io/kubectl-win/kubectl-win';

/** Operating systems that an agent runs on. */
export type AgentOs = keyof typeof AGENT_DAEMON_SETS;
