/** What of the node LogMonitor is looked for in. On Windows `native/windows-view.ts` makes it. */
export interface NodeView {
  /** Every process of the node. */
  processes(): readonly {pid: number; image: string}[];
  /** NT path of a process's program, `\Device\VhdHardDisk{…}\LogMonitor\LogMonitor.exe`; null where it has ended. */
  programOf(pid: number): string | null;
  /** Command line of a process, split; null where it has ended. */
  argumentsOf(pid: number): readonly string[] | null;
  /** Device of the node's own system volume. */
  systemDevice(): string;
  /** Opens the root folder of a volume. Throws CollectError. */
  openVolume(device: string): Folder;
}

/** An open folder; what is opened from it lies in it, whatever is renamed or linked meanwhile. */
export interface Folder {
  /** Opens a folder in this one. Throws CollectError: `denied` for a link of any kind. */
  folder(name: string): Folder;
  /** Reads a file of this folder, up to a number of bytes. Throws CollectError. */
  read(name: string, maxBytes: number): Uint8Array;
  close(): void;
}
