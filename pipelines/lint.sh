#!/usr/bin/env bash
# Runs `lint` for the GitHub Action. Inputs come as environment variables, never as text of this script: a path is no command.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
"$root/scripts/setup"

paths=()
while IFS= read -r path; do
  [ -n "$path" ] && paths+=("$path")
done <<<"$PATHS"
[ ${#paths[@]} -gt 0 ] || { echo '::error::kubectl win lint: the input paths is empty' >&2; exit 2; }

# An input that is left empty is not set.
for name in KUBECTL_WIN_KUBERNETES_VERSION KUBECTL_WIN_FAIL_ON KUBECTL_WIN_SKIP; do
  [ -n "${!name:-}" ] || unset "$name"
done
win=$root/bin/kubectl-win
if [ -n "${SARIF_FILE:-}" ]; then
  KUBECTL_WIN_FAIL_ON=never "$win" lint "${paths[@]}" -o sarif --output-file "$SARIF_FILE"
  echo "sarif-file=$SARIF_FILE" >>"$GITHUB_OUTPUT"
fi
report=$(mktemp)
trap 'rm -f "$report"' EXIT
code=0
"$win" lint "${paths[@]}" -o markdown --output-file "$report" || code=$?
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$report" >>"$GITHUB_STEP_SUMMARY"
cat "$report"
exit "$code"
