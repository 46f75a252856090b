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
              new Map(
                Object.entries(values)
                  .filter(([, data]) => isData(data))
                  .map(([name, data]) => [name.toLowerCase(), {name, data}]),
              ),
            ] as const,
          ]
        : [],
    ),
  );
}

/** What values of the registry are: texts, numbers, and lists of them. Nothing else is taken from a stranger's capture. */
function isData(data: unknown): boolean {
  return Array.isArray(data) ? data.every(isPlain) : isPlain(data);
}

function isPlain(data: unknown): boolean {
  return data === null || typeof data !== 'object';
}
