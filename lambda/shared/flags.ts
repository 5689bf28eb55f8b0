/** Flags by name; CloudFormation hands booleans over as texts. */
export type Flags = Readonly<Record<string, boolean | string>>;

/** The flags as booleans. */
export function flagsOf(flags: Flags | undefined): Record<string, boolean> {
  return Object.fromEntries(Object.entries(flags ?? {}).map(([name, on]) => [name, String(on) === 'true']));
}

/** Those flags that are not yet as they should be; undefined when all are. */
export function differing(
  wanted: Readonly<Record<string, boolean>>,
  now: Readonly<Record<string, boolean>> = {},
): Record<string, boolean> | undefined {
  const changed = Object.entries(wanted).filter(([name, on]) => now[name] !== on);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}
