import { Estate } from '@holdfast/model';
import { WorldState } from '../../engine/src/domain/world-state';
import { deploy } from '../../engine/src/ingest/deploy';
import { daysAfter, parseInstant } from '../../engine/src/kernel/instant';
import { ROWS } from './declarations';

const START = parseInstant('2027-01-01T00:00:00Z');

function digestOf(estate: Estate): string {
  const world = new WorldState({ start: START, seed: 1 });
  deploy(world, estate);
  world.runUntil(daysAfter(START, 400));
  return world.digest();
}

/** Rules, copies and selections of each plan the other way round: Terraform keeps them as sets. */
function turned(estate: Estate): Estate {
  const plans = estate.plans?.map((plan) => ({
    ...plan,
    rules: [...plan.rules].reverse().map((rule) => ({ ...rule, copyActions: [...(rule.copyActions ?? [])].reverse() })),
    selections: [...(plan.selections ?? [])].reverse().map((selection) => ({
      ...selection,
      resources: [...(selection.resources ?? [])].reverse(),
      listOfTags: [...(selection.listOfTags ?? [])].reverse(),
    })),
  }));
  return { ...estate, plans };
}

const MANY = ROWS.filter(({ estate }) =>
  (estate.plans ?? []).some((plan) => plan.rules.length > 1 || (plan.selections ?? []).length > 1),
);

test.each(MANY)('the order of rules and selections is not in the digest: $title', ({ estate }) => {
  expect(digestOf(turned(estate))).toBe(digestOf(estate));
});
