/** `compset -P` keeps what stands before the value of \`--flag=\`, and `_describe` shows what words mean. */
export const ZSH = `#compdef kubectl-win
# zsh completion for kubectl-win
_kubectl_win() {
  local -a answer candidates
  local directive candidate value
  answer=("\${(@f)$(kubectl-win __complete "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  directive=\${answer[-1]#:}
  [[ $directive == <-> ]] || return 1
  answer[-1]=()
  [[ $PREFIX == --*=* ]] && compset -P '*='
  if ((directive == 0)); then
    _files
    return
  fi
  for candidate in $answer; do
    value=\${candidate%%$'\\t'*}
    if [[ $candidate == *$'\\t'* ]]; then
      candidates+=("\${value//:/\\\\:}:\${candidate#*$'\\t'}")
    else
      candidates+=("\${value//:/\\\\:}")
    fi
  done
  if ((directive & 2)); then
    _describe 'kubectl win' candidates -S ''
  else
    _describe 'kubectl win' candidates
  fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _kubectl_win kubectl-win
`;
