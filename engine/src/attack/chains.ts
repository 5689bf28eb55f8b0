/**
 * Whom a principal gets to be, step by step, in its own account and in others.
 *
 * Pure: reads a World.
 * Source   IAM user guide, "Role chaining"; steps.ts.
 * Spec     attack.md
 */
import { Being, keyOf } from './beings';
import type { Step, Steps } from './steps';

/** Somebody whom a principal gets to be, and how. */
export interface Reached {
  readonly being: Being;
  /** Whom it was on the way, the last of them the one reached; none where it only made more of itself. */
  readonly through: readonly string[];
  readonly steps: readonly Step[];
}

/** Everybody whom a principal reaches, each by the fewest steps, nearest first, and in the order of ARNs among those. */
export function reachedFrom(steps: Steps, start: Being): Reached[] {
  const reached: Reached[] = [];
  const seen = new Set<string>();
  // By how many steps each is away; the list grows while it is gone through.
  const waiting: Reached[][] = [[{ being: start, through: [], steps: [] }]];
  for (let far = 0; far < waiting.length; far++) {
    for (const from of waiting[far] ?? []) {
      const key = keyOf(from.being);
      if (seen.has(key)) {
        continue;
      }
      seen.add(key);
      if (far > 0) {
        reached.push(from);
      }
      for (const way of steps.from(from.being).ways.filter(({ becomes }) => !seen.has(keyOf(becomes)))) {
        const next = extended(from, way.becomes, way.steps);
        (waiting[next.steps.length] ??= []).push(next);
      }
    }
  }
  return reached;
}

function extended({ being, through, steps }: Reached, becomes: Being, more: readonly Step[]): Reached {
  const { arn } = becomes.principal;
  return {
    being: becomes,
    through: arn === being.principal.arn ? through : [...through, arn],
    steps: [...steps, ...more],
  };
}
