import {CommandHelp, Help as OclifHelp} from '@oclif/core';
import type {Command} from '@oclif/core';

/** What is asked for most stands first; how to reach a cluster, which kubectl users know, near the end. */
const GROUPS = ['SCOPE', 'CHECKS', 'FILTER', 'OUTPUT', 'CLUSTER', 'GLOBAL'];

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

/** The help of oclif with the groups of flags in an order of our own. */
export class Help extends OclifHelp {
  protected override CommandHelpClass = OrderedCommandHelp;
}
