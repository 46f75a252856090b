/** fish adds no space after \`/\` and \`=\` by itself, and reads what a word means after a tab. */
export const FISH = `# fish completion for kubectl-win
function __kubectl_win_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (kubectl-win __complete $words[2..-1] "$current" 2>/dev/null)
    test (count $answer) -gt 0; or return
    set -l directive (string sub -s 2 -- $answer[-1])
    set -e answer[-1]
    set -l prefix (string match -r -- '^--[^=]+=' $current)
    if test "$directive" = 0
        __fish_complete_path (string replace -- "$prefix" '' $current)
        return
    end
    for candidate in $answer
        echo "$prefix$candidate"
    end
end
complete -c kubectl-win -f -a '(__kubectl_win_complete)'
`;
