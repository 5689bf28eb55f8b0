/** An estate without what only says where it was declared, without what says nothing, in order of names. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(canonical)
      .filter((it) => it !== undefined)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([key]) => key !== 'declaredAt')
      .map(([key, it]): [string, unknown] => [key, canonical(it)])
      .filter(([, it]) => !saysNothing(it))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries);
  }
  return value;
}

function saysNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}
