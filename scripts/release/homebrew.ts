import {CAVEATS} from './released.ts';
import type {Released, ReleaseFacts} from './released.ts';

const SYSTEMS = {darwin: 'macos', linux: 'linux'} as const;
const PROCESSORS = {amd64: 'intel', arm64: 'arm'} as const;

/** Formula for a Homebrew tap (https://docs.brew.sh/Formula-Cookbook): `Formula/kubectl-win.rb`. */
export function homebrewFormula(facts: ReleaseFacts, released: readonly Released[]): string {
  const systems = (['darwin', 'linux'] as const).flatMap(os => {
    const archives = released.filter(({target}) => target.os === os);
    if (archives.length === 0) return [];
    return [
      `  on_${SYSTEMS[os]} do`,
      ...archives.flatMap(({target, file, sha256}) => [
        `    on_${PROCESSORS[target.arch]} do`,
        `      url ${quote(`${facts.url}/${file}`)}`,
        `      sha256 ${quote(sha256)}`,
        '    end',
      ]),
      '  end',
      '',
    ];
  });
  return `${[
    'class KubectlWin < Formula',
    `  desc ${quote(facts.summary)}`,
    `  homepage ${quote(facts.homepage)}`,
    `  version ${quote(facts.version)}`,
    `  license ${quote(facts.license)}`,
    '',
    ...systems,
    '  def install',
    '    bin.install "kubectl-win", "kubectl_complete-win"',
    '    man1.install "kubectl-win.1"',
    '    generate_completions_from_executable(bin/"kubectl-win", "completion", shells: [:bash, :zsh, :fish])',
    '  end',
    '',
    '  def caveats',
    `    ${quote(CAVEATS)}`,
    '  end',
    '',
    '  test do',
    '    assert_match version.to_s, shell_output("#{bin}/kubectl-win version --client")',
    '  end',
    'end',
  ].join('\n')}\n`;
}

/** A Ruby string without interpolation of what is in it. */
function quote(text: string): string {
  return `"${text.replaceAll(/["\\#]/g, String.raw`\$&`)}"`;
}
