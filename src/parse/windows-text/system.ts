/** What is told of a Windows, by the names that `system.json` has (CONTRACT §4.2). */
export interface PrintedSystem {
  productName?: string;
  build?: number;
  hotfixes?: string[];
}

/** `10.0.20348`, with a revision or `N/A Build 20348` behind it; `OSVersion` gives the revision as 0, `systeminfo` none. */
const VERSION = /\b10\.0\.(\d{5})\b/;
const PRODUCT = /\bMicrosoft (Windows (?:Server )?[^\r\n]{1,80})/g;
const HOTFIX = /\bKB\d{6,8}\b/g;

/**
 * Reads what `systeminfo.exe`, or `[Environment]::OSVersion` and `Get-HotFix`, print: the build and the updates, whose forms are the same
 * in every language. Undefined where there is no version in it.
 */
export function readPrintedSystem(text: string): PrintedSystem | undefined {
  const [, build] = VERSION.exec(text) ?? [];
  if (build === undefined) return undefined;
  const hotfixes = [...new Set(text.match(HOTFIX))];
  const productName = [...text.matchAll(PRODUCT)]
    .map(([, name = '']) => name.trim())
    .find(name => !/^Windows NT\b/.test(name));
  return {
    ...(productName !== undefined && {productName}),
    build: Number(build),
    ...(hotfixes.length > 0 && {hotfixes}),
  };
}
