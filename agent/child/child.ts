/**
 * Work that this program does in a process of its own, because it may hang or crash: `kubectl-win-agent child NAME`, for its
 * parent only. What it is to do comes as JSON on standard input, never as arguments.
 */
export type Child = () => Promise<void>;
