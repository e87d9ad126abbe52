/** The setting of one process, such as `ORDER_PORT` for `order` and `PORT`. */
export function settingName<Name extends string, Ending extends string>(
  name: Name,
  ending: Ending,
): `${Uppercase<Name>}_${Ending}` {
  return `${name.toUpperCase() as Uppercase<Name>}_${ending}`;
}

/** A shape of settings whose names all begin with the name of a process. */
export type SettingsNamed<Name extends string, Shape> = {
  readonly [Ending in keyof Shape & string as `${Uppercase<Name>}_${Ending}`]: Shape[Ending];
};

/** Puts the name of a process before the names of its settings. */
export function settingsNamed<Name extends string, Shape extends object>(
  name: Name,
  shape: Shape,
): SettingsNamed<Name, Shape> {
  const named = Object.entries(shape).map(([ending, setting]) => [settingName(name, ending), setting]);
  return Object.fromEntries(named) as SettingsNamed<Name, Shape>;
}

/** One setting with this ending for each of the names. */
export function settingForEach<Name extends string, Ending extends string, Value>(
  names: readonly Name[],
  ending: Ending,
  valueOf: (name: Name) => Value,
): { readonly [Each in Name as `${Uppercase<Each>}_${Ending}`]: Value } {
  const entries = names.map((name) => [settingName(name, ending), valueOf(name)]);
  return Object.fromEntries(entries) as { readonly [Each in Name as `${Uppercase<Each>}_${Ending}`]: Value };
}
