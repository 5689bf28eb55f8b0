/**
 * Alarms as users see them.
 *
 * Pure: reads the World.
 */
import type { WorldState } from '../domain/world-state';
import type { AlarmView } from './world-props';

/** By ARN in ascending order. */
export function alarmsOf({ services }: WorldState): AlarmView[] {
  return services.alarms.alarms
    .list()
    .map(({ name, arn, state, history }) => ({ name, arn, state, history: [...history] }));
}
