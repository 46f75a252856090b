import {beginsList, readList} from '../hns/powershell-list.ts';
import {beginsTable, readTable} from '../hns/powershell-table.ts';

/** A service, by the names that `services.json` has (CONTRACT §4.2). */
export interface PrintedService {
  name: string;
  displayName?: string;
  state?: string;
}

/**
 * Reads services as `Get-Service` prints them, as a table or with `Format-List`
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-service). Names of its fields and states are English
 * in every Windows.
 */
export function readPrintedServices(text: string): PrintedService[] {
  const lines = text.split(/\r?\n/);
  const services: PrintedService[] = [];
  for (let at = 0; at < lines.length;) {
    const found = beginsTable(lines, at)
      ? readTable(lines, at)
      : beginsList(lines[at] ?? '')
        ? readList(lines, at)
        : undefined;
    for (const {raw, line} of found?.objects ?? []) {
      // A name that did not fit is another's, or nobody's.
      if (found?.cuts.some(cut => cut.line === line && cut.field === 'Name')) continue;
      const service = serviceOf(raw);
      if (service) services.push(service);
    }
    at = Math.max(at + 1, found?.next ?? 0);
  }
  return services;
}

function serviceOf(raw: Readonly<Record<string, unknown>>): PrintedService | undefined {
  const {Name: name, DisplayName: displayName, Status: state} = raw;
  if (typeof name !== 'string' || name === '') return undefined;
  return {
    name,
    ...(typeof displayName === 'string' && {displayName}),
    ...(typeof state === 'string' && {state}),
  };
}
