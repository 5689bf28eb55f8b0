/**
 * The alarm that a call names.
 *
 * Pure: reads the World.
 * Source   API of CloudWatch 2010-08-01. The texts are Assumed.
 */
import type { Alarm } from '../domain/alarms';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** What of CloudWatch has tags here: alarms, by ARN. */
export function findTaggedAlarm(state: WorldState, caller: Caller, given: string | undefined): Alarm {
  const arn = required(given, 'ResourceARN');
  const alarm = arn.startsWith('arn:') ? state.services.alarms.alarms.tryFind(caller, arn) : undefined;
  if (alarm?.made.env.account !== caller.account || alarm.made.env.region !== caller.region) {
    throw new AwsFault('ResourceNotFoundException', `${arn} does not exist.`);
  }
  return alarm;
}

/** Those of these names that are there. */
export function alarmsNamed(state: WorldState, caller: Caller, names: readonly string[] | undefined): Alarm[] {
  const { alarms } = state.services.alarms;
  return (names ?? []).flatMap((name) => alarms.tryFind(caller, name) ?? []);
}
