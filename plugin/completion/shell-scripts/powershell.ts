/** For Windows PowerShell 5.1 and PowerShell 7. An empty last word must be quoted for 5.1, which drops it otherwise. */
export const POWERSHELL = `# PowerShell completion for kubectl-win
Register-ArgumentCompleter -Native -CommandName 'kubectl-win' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    if ($wordToComplete -eq '') {
        $empty = if ($PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { '' }
        $words += $empty
    }
    $answer = @(& kubectl-win __complete @words 2>$null)
    if ($answer.Count -eq 0) { return }
    $directive = [int]$answer[-1].TrimStart(':')
    if ($directive -eq 0) { return }
    $prefix = if ($wordToComplete -match '^--[^=]+=') { $Matches[0] } else { '' }
    $answer | Select-Object -SkipLast 1 | ForEach-Object {
        $value, $description = $_ -split "\`t", 2
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new("$prefix$value", $value, 'ParameterValue', $description)
    }
}
`;
