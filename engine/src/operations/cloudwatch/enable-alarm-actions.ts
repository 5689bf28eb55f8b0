/**
 * EnableAlarmActions.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { EnableAlarmActionsCommandInput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { alarmsNamed } from '../find-alarm';

export function enableAlarmActions(state: WorldState, caller: Caller, input: EnableAlarmActionsCommandInput): void {
  for (const alarm of alarmsNamed(state, caller, input.AlarmNames)) {
    alarm.actionsEnabled = true;
  }
}
