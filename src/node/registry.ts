import {isRecord} from '../kube/shape.ts';

/** Registry values by key and name (`registry/hns.json`): `{"HKLM\\…": {valueName: data}}`. */
export type RegistryValues = ReadonlyMap<string, ReadonlyMap<string, {name: string; data: unknown}>>;

/** Reads registry values. Windows does not tell upper from lower case in keys and names. */
export function readRegistry(value: unknown): RegistryValues | undefined {
  if (!isRecord(value)) return undefined;
  return new Map(
    Object.entries(value).flatMap(([key, values]) =>
      isRecord(values)
        ? [
            [
              key.toLowerCase(),
              new Map(Object.entries(values).map(([name, data]) => [name.toLowerCase(), {name, data}])),
            ] as const,
          ]
        : [],
    ),
  );
}
