/**
 * DeleteAlarms.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { DeleteAlarmsCommandInput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function deleteAlarms(state: WorldState, caller: Caller, input: DeleteAlarmsCommandInput): void {
  const { alarms } = state.services.alarms;
  const found = (input.AlarmNames ?? []).map((name) => {
    const alarm = alarms.tryFind(caller, name);
    if (alarm === undefined) {
      throw new AwsFault('ResourceNotFound', `Alarm ${name} does not exist.`);
    }
    return alarm;
  });
  found.forEach((alarm) => alarms.remove(alarm));
}
