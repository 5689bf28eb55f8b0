/**
 * Control of the clock: where it stands, how far it moves, how fast it runs by itself.
 *
 * Pure: the clock is moved by whoever serves.
 * Units    instants are ISO 8601 text; durations ISO 8601 of weeks, days, hours, minutes and seconds, as months and years
 *          have no fixed length; a speed is seconds of the World to one of real time.
 */
import { DAY, END_OF_WORLDS, HOUR, Instant, MINUTE, shortInstant, tryParseInstant } from '../kernel/instant';
import type { Controlled } from './control';
import { ControlFault, fieldsOf } from './control-body';

/** A year in three seconds: faster, and a request would wait for what is due before it. */
export const MOST_SPEED = 10_000_000;

export function clockOf({ state, speed }: Pick<Controlled, 'state' | 'speed'>): object {
  return { schema: 'holdfast.clock/1', now: shortInstant(state.now), speed };
}

export async function moveClock(world: Controlled, body: unknown): Promise<unknown> {
  const { advance, to, speed, ...others } = fieldsOf(body);
  const given = [advance, to, speed].filter((one) => one !== undefined);
  if (given.length !== 1 || Object.keys(others).length > 0) {
    throw new ControlFault(`the body must have either advance or to, or speed, got ${JSON.stringify(body)}`);
  }
  if (speed !== undefined) {
    world.speed = speedOf(speed);
    return clockOf(world);
  }
  const { now } = world.state;
  const until = advance === undefined ? instantOf(to) : now + durationOf(advance);
  if (until < now) {
    throw new ControlFault(`the clock stands at ${shortInstant(now)} and cannot go back to ${shortInstant(until)}`);
  }
  if (until >= END_OF_WORLDS) {
    const asked = JSON.stringify(advance ?? to);
    throw new ControlFault(
      `the clock stands at ${shortInstant(now)} and must stay before ${shortInstant(END_OF_WORLDS)}, got ${asked}`,
    );
  }
  await world.runUntil(until);
  return clockOf(world);
}

function speedOf(given: unknown): number {
  if (typeof given !== 'number' || !(given >= 0 && given <= MOST_SPEED)) {
    throw new ControlFault(
      `speed must be a number from 0, where the clock stands, to ${MOST_SPEED}, got ${JSON.stringify(given)}`,
    );
  }
  return given;
}

function instantOf(given: unknown): Instant {
  const at = typeof given === 'string' ? tryParseInstant(given) : undefined;
  if (at === undefined) {
    throw new ControlFault(`to must be a time with zone, e.g. 2027-01-31T00:00:00Z, got ${JSON.stringify(given)}`);
  }
  return at;
}

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const LENGTHS = [7 * DAY, DAY, HOUR, MINUTE, 1000];

function durationOf(given: unknown): number {
  const parts = typeof given === 'string' && given.length < 40 ? DURATION.exec(given) : null;
  const said = parts?.slice(1).filter((part) => part !== undefined) ?? [];
  if (parts === null || said.length === 0) {
    throw new ControlFault(
      `advance must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. P30D or PT6H, got ${JSON.stringify(given)}`,
    );
  }
  return LENGTHS.reduce((sum, length, index) => sum + length * Number(parts[index + 1] ?? 0), 0);
}
