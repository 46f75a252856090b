/**
 * What kubectl calls for completions after `kubectl win`: a program of this name on PATH
 * (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/#plugin-completion).
 */
export const KUBECTL_COMPLETE = `#!/bin/sh
# Completes the words after "kubectl win": kubectl calls it.
exec kubectl-win __complete "$@"
`;

/** The same for Windows. */
export const KUBECTL_COMPLETE_CMD = '@kubectl-win __complete %*\r\n';
