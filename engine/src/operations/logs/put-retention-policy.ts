/**
 * PutRetentionPolicy of a log group.
 *
 * Source   API of CloudWatch Logs 2014-03-28 (the numbers of days that can be had). Assumed: the text.
 */
import type { PutRetentionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findLogGroup } from '../find-log-group';
import { required } from '../find-vault';

// prettier-ignore
const DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function putRetentionPolicy(state: WorldState, caller: Caller, input: PutRetentionPolicyCommandInput): void {
  const group = findLogGroup(state, caller, input.logGroupName);
  const days = required(input.retentionInDays, 'retentionInDays');
  if (!DAYS.includes(days)) {
    throw new AwsFault('InvalidParameterException', `retentionInDays must be one of ${DAYS.join(', ')}, got ${days}`);
  }
  group.retentionDays = days;
}
