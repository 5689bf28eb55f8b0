/**
 * Which planned block comes from which block of the configuration.
 *
 * Pure.
 * Source   Terraform docs, "JSON Output Format": planned blocks of a set stand in the order of the set.
 */
import { LazyObject, numberText, Unknown, Value } from './expression/values';
import { isJsonObject } from './json-file';

/**
 * For each planned block the index of the block that it comes from; undefined for those that `dynamic` made.
 *
 * Blocks that fit alike are alike in all that the plan knows, so that either order gives the same set.
 */
export function matchBlocks(
  values: readonly unknown[],
  masks: readonly unknown[],
  blocks: readonly unknown[],
  evaluate: (name: string, expression: unknown) => Value | undefined,
): (number | undefined)[] {
  const takenBy = new Map<number, number>();
  const fitting = values.map((value, i) =>
    blocks.flatMap((block, j) => (fits(value, masks[i], block, evaluate) ? [j] : [])),
  );
  const place = (i: number, tried: Set<number>): boolean => {
    for (const j of fitting[i] ?? []) {
      if (tried.has(j)) continue;
      tried.add(j);
      const holder = takenBy.get(j);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(j, i);
        return true;
      }
    }
    return false;
  };
  // Those with open parts come first: only they need the configuration.
  const order = values.map((_, i) => i).sort((a, b) => Number(isOpen(masks[b])) - Number(isOpen(masks[a])));
  for (const i of order) place(i, new Set());
  const places: (number | undefined)[] = values.map(() => undefined);
  for (const [j, i] of takenBy) places[i] = j;
  return places;
}

function isOpen(mask: unknown): boolean {
  if (Array.isArray(mask)) return mask.some(isOpen);
  return isJsonObject(mask) ? Object.values(mask).some(isOpen) : mask === true;
}

function fits(
  value: unknown,
  mask: unknown,
  block: unknown,
  evaluate: (name: string, expression: unknown) => Value | undefined,
): boolean {
  if (!isJsonObject(value) || !isJsonObject(block)) return false;
  const masks = isJsonObject(mask) ? mask : {};
  const told = Object.entries(block).every(([key, expression]) => {
    if (masks[key] === true) return true;
    const planned = value[key];
    if (Array.isArray(expression))
      return Array.isArray(planned) && nestedFit(planned, masks[key], expression, evaluate);
    const expected = evaluate(key, expression);
    return expected === undefined || isUnclear(expected) || sameText(expected, planned);
  });
  // A nested block that the configuration does not have was not written there.
  return (
    told &&
    Object.entries(value).every(([key, part]) => !(Array.isArray(part) && part.some(isJsonObject)) || key in block)
  );
}

function nestedFit(
  values: unknown[],
  masks: unknown,
  blocks: unknown[],
  evaluate: (name: string, expression: unknown) => Value | undefined,
): boolean {
  if (values.length < blocks.length) return false;
  const places = matchBlocks(values, Array.isArray(masks) ? masks : [], blocks, evaluate);
  return places.filter((place) => place !== undefined).length === blocks.length;
}

function isUnclear(value: Value): boolean {
  return value instanceof Unknown || value instanceof LazyObject || (typeof value === 'object' && value !== null);
}

/** The plan has converted what the configuration has as written. */
function sameText(expected: Value, planned: unknown): boolean {
  const text = (value: unknown): string => (typeof value === 'number' ? numberText(value) : String(value ?? ''));
  return text(expected) === text(planned);
}
