/**
 * Texts with `*` and `?`, as policies have them.
 *
 * Pure.
 * Source   IAM user guide, "IAM JSON policy elements: Resource" (read 2026-11-27) and "Condition operators", cited from memory.
 * Spec     evaluation.md beside this file.
 */

/** Any number of characters, also none. */
export const ANY = 0;
/** Exactly one character. */
export const ONE = 1;

/** A literal character, or what stands for others. */
export type Token = string | typeof ANY | typeof ONE;

/** Each character by itself, `*` and `?` for what they stand for. */
export function tokensOf(text: string): Token[] {
  return [...text].map((char) => (char === '*' ? ANY : char === '?' ? ONE : char));
}

/** Each character by itself, `*` and `?` for themselves. */
export function literalsOf(text: string): Token[] {
  return [...text];
}

/** Whether the whole text is as the pattern says; time is at worst the product of their lengths. */
export function matchesTokens(pattern: readonly Token[], text: string): boolean {
  const chars = [...text];
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (let index = 0; index < chars.length;) {
    const token = pattern[at];
    if (token === ANY) {
      star = at++;
      starAt = index;
    } else if (token === ONE || token === chars[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++starAt;
    } else {
      return false;
    }
  }
  while (pattern[at] === ANY) {
    at++;
  }
  return at === pattern.length;
}

/** Parts of an ARN: partition, service, Region, account and the rest come after `arn`. */
const ARN_PARTS = 6;

/**
 * Whether an ARN is as a pattern of ARNs says: part by part, so that no wildcard reaches across a colon but in the last.
 *
 * Source   IAM user guide, "IAM JSON policy elements: Condition operators": each of the six parts is checked by itself, so that a
 *          pattern with fewer is no ARN's. Assumed: `*` alone is every ARN.
 */
export function matchesArn(pattern: readonly Token[], arn: string): boolean {
  return isEvery(pattern) || (split(pattern).length === ARN_PARTS && matchesParts(pattern, arn));
}

function isEvery(pattern: readonly Token[]): boolean {
  return pattern.length === 1 && pattern[0] === ANY;
}

/** Parts that a pattern has not are any. */
function matchesParts(pattern: readonly Token[], arn: string): boolean {
  const wanted = split(pattern);
  const parts = arn.split(':');
  const given = [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
  if (parts.length < ARN_PARTS) {
    return false;
  }
  return given.every((part, index) => matchesTokens(wanted[index] ?? [ANY], part));
}

/**
 * Whether a resource is as an element `Resource` says: as an ARN is, but a `*` at the end of a part reaches beyond the colon.
 *
 * Source   IAM user guide, "IAM JSON policy elements: Resource": a wildcard that is the last character of a segment can
 *          expand beyond the colon boundaries, and an ARN with fewer parts is completed with `*`.
 */
export function matchesResource(pattern: readonly Token[], arn: string): boolean {
  return isEvery(pattern) || matchesParts(pattern, arn) || (arn.includes(':') && matchesBeyond(pattern, arn));
}

/** As the pattern goes on, all places in it that what was read may have come to. */
function matchesBeyond(pattern: readonly Token[], arn: string): boolean {
  const first = pattern.indexOf(ANY);
  if (first === -1 || first === pattern.length - 1 || !matchesTokens(pattern.slice(0, first + 1), arn)) {
    return false;
  }
  const reach = reachOfStars(pattern);
  let places = new Set<number>();
  enter(pattern, 0, places);
  for (const char of arn) {
    const next = new Set<number>();
    for (const place of places) {
      const token = pattern[place];
      if (token === ANY && (char !== ':' || reach[place] === true)) {
        enter(pattern, place, next);
      } else if (token === char || (token === ONE && char !== ':')) {
        enter(pattern, place + 1, next);
      }
    }
    places = next;
  }
  return places.has(pattern.length);
}

/** A star stands for nothing, too. */
function enter(pattern: readonly Token[], place: number, places: Set<number>): void {
  places.add(place);
  if (pattern[place] === ANY) {
    enter(pattern, place + 1, places);
  }
}

/** For each place whether a star there reaches beyond colons: at the end of a part, and anywhere in the last. */
function reachOfStars(pattern: readonly Token[]): boolean[] {
  let part = 1;
  return pattern.map((token, place) => {
    part += token === ':' ? 1 : 0;
    const next = pattern[place + 1];
    return token === ANY && (part >= ARN_PARTS || next === ':' || next === undefined);
  });
}

function split(pattern: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of pattern) {
    const last = parts[parts.length - 1] as Token[];
    if (token === ':' && parts.length < ARN_PARTS) {
      parts.push([]);
    } else {
      last.push(token);
    }
  }
  return parts;
}
