/** What a kubelet says where a log is a file, in place of its lines (kubernetes `pkg/kubelet/kubelet_server_journal.go`). */
export const IS_FILE = /^\s*options present and query resolved to log files/;

/** And where it has none. */
export const IS_NONE = /^\s*log not found for [\w.-]{1,128}\s*$/;
