/**
 * bash splits words at `=` and `:`, so the line is split anew at blanks, and what stands before bash's own word is cut off
 * the answers.
 */
export const BASH = `# bash completion for kubectl-win
__kubectl_win_complete() {
  local line=\${COMP_LINE:0:COMP_POINT} current=\${COMP_WORDS[COMP_CWORD]}
  local -a words answer
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  [[ $current == = || $current == : ]] && current=
  mapfile -t answer < <(kubectl-win __complete "\${words[@]:1}" 2>/dev/null)
  COMPREPLY=()
  ((\${#answer[@]} > 0)) || return
  local directive=\${answer[-1]#:} word=\${words[-1]}
  unset 'answer[-1]'
  [[ $word == --*=* ]] && word=\${word#*=}
  if ((directive == 0)); then
    compopt -o default
    return
  fi
  ((directive & 2)) && compopt -o nospace
  local prefix=\${word%"$current"} candidate value description
  for candidate in "\${answer[@]}"; do
    value=\${candidate%%$'\\t'*}
    description=\${candidate#"$value"}
    value=\${value#"$prefix"}
    # Only a list that is looked at says what words mean: what is typed is the word alone.
    if ((COMP_TYPE == 63 && \${#answer[@]} > 1)) && [[ -n $description ]]; then
      COMPREPLY+=("$value  (\${description#$'\\t'})")
    else
      COMPREPLY+=("$value")
    fi
  done
}
complete -F __kubectl_win_complete kubectl-win
`;
