/**
 * DisableAlarmActions: the state changes, and nobody is told.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { DisableAlarmActionsCommandInput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { alarmsNamed } from '../find-alarm';

export function disableAlarmActions(state: WorldState, caller: Caller, input: DisableAlarmActionsCommandInput): void {
  for (const alarm of alarmsNamed(state, caller, input.AlarmNames)) {
    alarm.actionsEnabled = false;
  }
}
