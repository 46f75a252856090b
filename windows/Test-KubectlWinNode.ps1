<#
.SYNOPSIS
    Compares what kubectl-win-agent says of this node with what Windows says through PowerShell, and writes the differences as JSON.

.DESCRIPTION
    Run it on a Windows node as administrator. It reads and changes nothing. The agent collects once (kubectl-win-agent.exe
    snapshot) or an NDJSON file that it wrote before is read; each fact is then asked of Windows again, by another way than the
    agent's: CIM instead of the service control manager, the HNS cmdlets instead of computenetwork.dll, Get-NetRoute instead of
    iphlpapi. Counts and names that change from second to second may differ by one: run it again before you report a difference.

    Exit code 0: everything that could be compared agrees; 1: something differs; 2: the agent could not be run or read.

.PARAMETER Agent
    Path of kubectl-win-agent.exe. By default the one beside this script.

.PARAMETER Snapshot
    An NDJSON file of "kubectl-win-agent.exe snapshot" to compare with, instead of running the agent.

.PARAMETER Output
    Where the JSON goes; standard output otherwise.

.EXAMPLE
    .\Test-KubectlWinNode.ps1 -Agent C:\temp\kubectl-win-agent.exe -Output differences.json
#>
[CmdletBinding(DefaultParameterSetName = 'Agent')]
param(
    [Parameter(ParameterSetName = 'Agent')]
    [string] $Agent = (Join-Path $PSScriptRoot 'kubectl-win-agent.exe'),

    [Parameter(Mandatory, ParameterSetName = 'Snapshot')]
    [string] $Snapshot,

    [string] $Output
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Collectors that are compared; logs and events are not, as they grow while they are read.
$collectors = 'system', 'services', 'hns.networks', 'hns.endpoints', 'hns.loadbalancers', 'net.adapters', 'net.routes', 'net.ports', 'registry.hns'

function Read-AgentLines {
    if ($PSCmdlet.ParameterSetName -eq 'Snapshot') {
        return [System.IO.File]::ReadAllLines((Resolve-Path -LiteralPath $Snapshot).Path)
    }
    # Without this, Windows PowerShell reads the agent's UTF-8 as the console's code page.
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $lines = & $Agent snapshot --node-name $env:COMPUTERNAME.ToLowerInvariant() --collectors ($collectors -join ',')
    if ($LASTEXITCODE -ne 0) { throw "$Agent ended with code $LASTEXITCODE" }
    return $lines
}

# What the agent says, by file; a file that it could not make has only its reason.
function Read-AgentFiles {
    $files = @{}
    foreach ($line in Read-AgentLines) {
        if (-not $line) { continue }
        $answer = $line | ConvertFrom-Json
        if ($answer.ok) { $files[$answer.file] = $answer.body }
        else { $files[$answer.key] = "missing: $($answer.reason): $($answer.detail)" }
    }
    return $files
}

function New-Comparison([string] $Fact, [object[]] $FromAgent, [object[]] $FromWindows) {
    $a = @($FromAgent | Where-Object { $null -ne $_ } | ForEach-Object { "$_" } | Sort-Object -Unique)
    $w = @($FromWindows | Where-Object { $null -ne $_ } | ForEach-Object { "$_" } | Sort-Object -Unique)
    $onlyAgent = @($a | Where-Object { $w -notcontains $_ })
    $onlyWindows = @($w | Where-Object { $a -notcontains $_ })
    return [pscustomobject] @{
        fact = $Fact
        result = if ($onlyAgent.Count + $onlyWindows.Count -eq 0) { 'same' } else { 'different' }
        count = $a.Count
        onlyAgent = $onlyAgent
        onlyWindows = $onlyWindows
        detail = $null
    }
}

function New-Skip([string] $Fact, [string] $Detail) {
    return [pscustomobject] @{
        fact = $Fact; result = 'skipped'; count = 0; onlyAgent = @(); onlyWindows = @(); detail = $Detail
    }
}

# One fact: $FromAgent gets the parsed file, both give lists. What fails on either side is said and stops nothing.
function Compare-Fact {
    param(
        [hashtable] $Files, [string] $Fact, [string] $File,
        [scriptblock] $FromAgent, [scriptblock] $FromWindows
    )
    if (-not $Files.ContainsKey($File)) {
        $key = ($File -replace '\.[^./]+$', '') -replace '/', '.'
        $why = if ($Files.ContainsKey($key)) { $Files[$key] } else { 'the agent made no such file' }
        return New-Skip $Fact "$File is $why"
    }
    try { $parsed = $Files[$File] | ConvertFrom-Json }
    catch { return New-Skip $Fact "$File cannot be read by this PowerShell: $($_.Exception.Message)" }
    try { $windows = @(& $FromWindows) }
    catch { return New-Skip $Fact "Windows did not answer: $($_.Exception.Message)" }
    try { return New-Comparison $Fact @(& $FromAgent $parsed) $windows }
    catch { return New-Skip $Fact "$File has another shape: $($_.Exception.Message)" }
}

function Get-Required([string] $Command) {
    if (-not (Get-Command $Command -ErrorAction SilentlyContinue)) { throw "there is no command $Command" }
    return $Command
}

# HNS gives and takes ids in either case.
function Get-Id([object[]] $Objects) {
    return $Objects | Where-Object { $_ } | ForEach-Object { "$($_.ID)".ToLowerInvariant() }
}

function Get-ExcludedPorts {
    # Two numbers and perhaps a star, whatever the language of the headings.
    foreach ($line in & "$env:SystemRoot\System32\netsh.exe" interface ipv4 show excludedportrange protocol=tcp) {
        if ($line -match '^\s*(\d+)\s+(\d+)(\s+\*)?\s*$') { "$($Matches[1])-$($Matches[2])" }
    }
}

function Get-DynamicRange {
    $numbers = @(& "$env:SystemRoot\System32\netsh.exe" interface ipv4 show dynamicport tcp |
            Where-Object { $_ -match ':\s*(\d+)\s*$' } | ForEach-Object { [int] $Matches[1] })
    return "$($numbers[0])+$($numbers[1])"
}

# A registry value as the agent writes it: bytes in hexadecimal, 32 bits without a sign, lists by their elements.
function ConvertTo-Comparable([object] $Value) {
    if ($Value -is [byte[]]) { return -join ($Value | ForEach-Object { $_.ToString('x2') }) }
    if ($Value -is [int] -and $Value -lt 0) { return "$([long] $Value + 4294967296)" }
    if ($Value -is [System.Array]) { return ($Value | ForEach-Object { "$_" }) -join ',' }
    return "$Value"
}

function Get-Comparisons([hashtable] $Files) {
    $version = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'

    Compare-Fact $Files 'build and revision' 'system.json' `
        { param($system) "$($system.build).$($system.ubr)" } `
        { $key = Get-ItemProperty $version; "$($key.CurrentBuild).$($key.UBR)" }

    Compare-Fact $Files 'hotfixes' 'system.json' `
        { param($system) $system.hotfixes } `
        { Get-CimInstance Win32_QuickFixEngineering | ForEach-Object { $_.HotFixID } }

    Compare-Fact $Files 'memory, MiB' 'system.json' `
        { param($system) [math]::Floor($system.memory.total / 1048576) } `
        { [math]::Floor((Get-CimInstance Win32_OperatingSystem).TotalVisibleMemorySize / 1024) }

    Compare-Fact $Files 'boot time, to the minute' 'system.json' `
        { param($system) ([datetime] $system.bootTime).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm') } `
        { (Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm') }

    Compare-Fact $Files 'services with their process' 'services.json' `
        { param($services) $services | ForEach-Object { "$($_.name) $([int] $_.pid)".ToLowerInvariant() } } `
        {
            $known = @(($Files['services.json'] | ConvertFrom-Json) | ForEach-Object { $_.name })
            Get-CimInstance Win32_BaseService | Where-Object { $known -contains $_.Name } |
                ForEach-Object {
                    $process = if ($_.PSObject.Properties['ProcessId']) { [int] $_.ProcessId } else { 0 }
                    "$($_.Name) $process".ToLowerInvariant()
                }
        }

    Compare-Fact $Files 'HNS networks' 'hns/v1-networks.json' { param($list) Get-Id $list } { Get-Id (& (Get-Required Get-HnsNetwork)) }
    Compare-Fact $Files 'HNS endpoints' 'hns/v1-endpoints.json' { param($list) Get-Id $list } { Get-Id (& (Get-Required Get-HnsEndpoint)) }
    Compare-Fact $Files 'HNS policy lists' 'hns/v1-policylists.json' { param($list) Get-Id $list } { Get-Id (& (Get-Required Get-HnsPolicyList)) }
    # The second version of HNS' interface must tell of the same objects.
    Compare-Fact $Files 'HCN networks' 'hns/networks.json' { param($list) Get-Id $list } { Get-Id (& (Get-Required Get-HnsNetwork)) }
    Compare-Fact $Files 'HCN load balancers' 'hns/loadbalancers.json' { param($list) Get-Id $list } { Get-Id (& (Get-Required Get-HnsPolicyList)) }

    Compare-Fact $Files 'addresses' 'net/adapters.json' `
        { param($list) $list | ForEach-Object { $_.addresses } | ForEach-Object { ($_ -split '/')[0] -replace '%\d+$', '' } } `
        { Get-NetIPAddress -IncludeAllCompartments | ForEach-Object { $_.IPAddress -replace '%\d+$', '' } }

    Compare-Fact $Files 'IPv4 routes' 'net/routes.json' `
        {
            param($list)
            $list | Where-Object { $_.destination -notmatch ':' -and ($null -eq $_.compartment -or $_.compartment -le 1) } |
                ForEach-Object { "$($_.destination) via $($_.nextHop) on $($_.index)" }
        } `
        { Get-NetRoute -AddressFamily IPv4 | ForEach-Object { "$($_.DestinationPrefix) via $($_.NextHop) on $($_.ifIndex)" } }

    Compare-Fact $Files 'excluded TCP ports' 'net/ports.json' `
        { param($ports) $ports.excludedRanges | Where-Object { $_.protocol -eq 'tcp' } | ForEach-Object { "$($_.start)-$($_.end)" } } `
        { Get-ExcludedPorts }

    Compare-Fact $Files 'dynamic TCP ports' 'net/ports.json' `
        { param($ports) "$($ports.dynamicRange.start)+$($ports.dynamicRange.count)" } `
        { Get-DynamicRange }

    Compare-Fact $Files 'registry' 'registry/hns.json' `
        {
            param($keys)
            foreach ($key in $keys.PSObject.Properties) {
                foreach ($value in $key.Value.PSObject.Properties) {
                    "$($key.Name) $($value.Name) = $(ConvertTo-Comparable $value.Value)"
                }
            }
        } `
        {
            # The same names are asked for: which keys are of interest is the agent's to say.
            foreach ($key in ($Files['registry/hns.json'] | ConvertFrom-Json).PSObject.Properties) {
                $item = Get-Item -LiteralPath ($key.Name -replace '^HKLM\\', 'HKLM:\')
                foreach ($name in @($key.Value.PSObject.Properties | ForEach-Object { $_.Name })) {
                    "$($key.Name) $name = $(ConvertTo-Comparable $item.GetValue($name))"
                }
            }
        }
}

try { $files = Read-AgentFiles }
catch {
    [Console]::Error.WriteLine("Test-KubectlWinNode: the agent could not be asked: $($_.Exception.Message)")
    exit 2
}
$comparisons = @(Get-Comparisons $files)
$report = [pscustomobject] @{
    apiVersion = 'kubectl-win/v1'
    kind = 'NodeComparison'
    node = $env:COMPUTERNAME.ToLowerInvariant()
    at = [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
    powerShell = $PSVersionTable.PSVersion.ToString()
    comparisons = $comparisons
} | ConvertTo-Json -Depth 6

if ($Output) { [System.IO.File]::WriteAllText($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output), $report) }
else { $report }

foreach ($group in $comparisons | Group-Object result) { [Console]::Error.WriteLine("$($group.Count) $($group.Name)") }
if (@($comparisons | Where-Object { $_.result -eq 'different' }).Count -gt 0) { exit 1 }
exit 0
