// An engine that is broken on purpose: the simulation sees it, says how to see it again, and in as few actions as it takes.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DELETED_BY_CALLER } from '../../../engine/src/domain/reasons';
import { HELD, LIVE } from '../../../engine/src/domain/recovery-points';
import { failureText } from './failing';
import { shrunk } from './shrink';
import { Outcome, simulate } from './simulation';

/** The first seed that sees what was broken. */
function caught(prepare: (state: WorldState) => void, seeds = 40): Outcome {
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = simulate(seed, { prepare });
    if (outcome.violations.length > 0) {
      return outcome;
    }
  }
  throw new Error(`${seeds} seeds saw nothing`);
}

/** Lifecycles end a day early. */
function hasty(state: WorldState): void {
  const { ledger } = state;
  const due = ledger.deletionAtOf.bind(ledger);
  ledger.deletionAtOf = (row) => due(row) - 86_400_000;
}

test('lifecycles that end early are seen', () => {
  expect(caught(hasty).violations.map(({ invariant }) => invariant)).toContain('no-early-end');
});

test('lifecycles that never end are seen', () => {
  const idle = (state: WorldState) => {
    state.retention.deletion = () => undefined;
  };
  expect(caught(idle).violations.map(({ invariant }) => invariant)).toContain('no-late-end');
});

test('a deletion that looks at no hold is seen', () => {
  const careless = (state: WorldState) => {
    const { points } = state.ledger;
    const remove = state.retention.deletion.bind(state.retention);
    state.retention.deletion = (row) => {
      points.flags[row] = (points.flags[row] ?? 0) & ~HELD;
      remove(row);
    };
  };
  expect(caught(careless, 120).violations.map(({ invariant }) => invariant)).toContain('no-deletion-under-a-hold');
});

test('a deletion that nobody asked for is seen', () => {
  const thief = (state: WorldState) => {
    const { points } = state.ledger;
    const cool = state.retention.coldTransition.bind(state.retention);
    state.retention.coldTransition = (row) => {
      cool(row);
      if (points.has(row, LIVE)) {
        state.retention.delete(row, DELETED_BY_CALLER);
      }
    };
  };
  expect(caught(thief).violations.map(({ invariant }) => invariant)).toContain('no-early-end');
});

test('a fault of the engine is one of the seed, with its trace', () => {
  const broken = (state: WorldState) => {
    state.backups.retry = () => {
      throw new Error('no retries here');
    };
  };
  const { violations } = caught(broken);
  expect(violations.map(({ invariant }) => invariant)).toEqual(['the-engine-does-not-fail']);
  expect(violations[0]?.text).toContain('no retries here');
});

test('a failing seed says its command, what broke and when, and the last calls, in as few actions as it takes', () => {
  const outcome = caught(hasty);
  const least = shrunk(outcome, { prepare: hasty });
  expect(least.violations[0]?.invariant).toBe(outcome.violations[0]?.invariant);
  expect(least.actions.length).toBeLessThanOrEqual(outcome.actions.length);
  const text = failureText(least);
  expect(text).toContain(`npm run simulation -- --seed ${outcome.seed}\n`);
  expect(text).toMatch(/no-early-end at 20\d\d-\d\d-\d\dT[^ ]+ \(step \d+\): .* not due before/);
});

test('what does not bear on the fault is left out', () => {
  const grudge = (state: WorldState) => {
    const cancel = state.holds.cancel.bind(state.holds);
    state.holds.cancel = (...given) => {
      cancel(...given);
      state.ledger.vaults.standing()[0]!.live++;
    };
  };
  const least = shrunk(caught(grudge, 100), { prepare: grudge });
  expect(least.calls.map(({ call }) => call.operation)).toEqual(['CreateLegalHold', 'CancelLegalHold']);
});
