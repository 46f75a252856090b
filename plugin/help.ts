import {CommandHelp, Help as OclifHelp} from '@oclif/core';
import type {Command, Interfaces} from '@oclif/core';
import {writeResult} from './services/result.ts';

/** What is asked for most stands first; how to reach a cluster, which kubectl users know, near the end. */
const GROUPS = ['SCOPE', 'CHECKS', 'FILTER', 'OUTPUT', 'PUBLISH', 'CLUSTER', 'GLOBAL'];
/** Beside `--help`: everything, with variables and defaults. */
const ALL = '--all';

function rank(group: string): number {
  return GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length;
}

class OrderedCommandHelp extends CommandHelp {
  protected override groupFlags(flags: Command.Flag.Any[]): {
    flagGroups: Record<string, Command.Flag.Any[]>;
    mainFlags: Command.Flag.Any[];
  } {
    const {flagGroups, mainFlags} = super.groupFlags(flags);
    const ordered = Object.entries(flagGroups).sort(([a], [b]) => rank(a) - rank(b));
    return {flagGroups: Object.fromEntries(ordered), mainFlags};
  }
}

/** Help that fits a screen, and with `--all` that of oclif, with the groups of flags in an order of our own. */
export class Help extends OclifHelp {
  protected override CommandHelpClass = OrderedCommandHelp;
  readonly #parts: string[] = [];
  #all = false;

  override async showHelp(argv: string[]): Promise<void> {
    this.#all = argv.includes(ALL);
    await super.showHelp(argv.filter(word => word !== ALL));
    await writeResult(this.#parts.map(part => `${part}\n`).join(''), undefined);
  }

  protected override async showRootHelp(): Promise<void> {
    if (this.#all || !(await this.#short(''))) await super.showRootHelp();
  }

  protected override async showTopicHelp(topic: Interfaces.Topic): Promise<void> {
    if (this.#all || !(await this.#short(topic.name))) await super.showTopicHelp(topic);
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    if (this.#all || !(await this.#short(command.id))) await super.showCommandHelp(command);
  }

  /** Tells the short help of a command or topic; false where there is none. */
  async #short(id: string): Promise<boolean> {
    // This module is part of what lists all commands, of which that one tells.
    const {helpText} = await import('./help-text.ts');
    const text = helpText(id.split(':').filter(Boolean), process.stdout);
    if (text !== undefined) this.log(text);
    return text !== undefined;
  }

  protected override log(...words: string[]): void {
    this.#parts.push(words.join(' '));
  }
}
