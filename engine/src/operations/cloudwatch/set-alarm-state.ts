/**
 * SetAlarmState, until what it watches decides again.
 *
 * Source   API of CloudWatch 2010-08-01. Assumed: the text.
 */
import type { SetAlarmStateCommandInput } from '@aws-sdk/client-cloudwatch';
import type { AlarmState } from '../../domain/alarm-verdict';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

export function setAlarmState(state: WorldState, caller: Caller, input: SetAlarmStateCommandInput): void {
  const { alarms } = state.services;
  const name = required(input.AlarmName, 'AlarmName');
  const alarm = alarms.alarms.tryFind(caller, name);
  if (alarm === undefined) {
    throw new AwsFault('ResourceNotFound', `Alarm ${name} does not exist`);
  }
  const wanted = required(input.StateValue, 'StateValue');
  if (!STATES.includes(wanted)) {
    throw new AwsFault('ValidationException', `StateValue must be one of ${STATES.join(', ')}, got ${wanted}`);
  }
  alarms.setState(alarm, wanted as AlarmState, required(input.StateReason, 'StateReason'));
}
