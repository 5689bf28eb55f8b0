/**
 * DescribeFramework.
 *
 * Source   B10.1/4, B10.1/5. Assumed: where nobody made a recorder of AWS Config, it is taken to record.
 */
import type { DescribeFrameworkInput, DescribeFrameworkOutput } from '@aws-sdk/client-backup';
import { ConfigRecordings } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findFramework, fromControls } from '../framework';
import { given } from './shapes';

export function describeFramework(
  state: WorldState,
  caller: Caller,
  input: DescribeFrameworkInput,
): DescribeFrameworkOutput {
  const { name, arn, description, controls, createdAt, status, made } = findFramework(
    state,
    caller,
    input.FrameworkName,
  );
  return given({
    FrameworkName: name,
    FrameworkArn: arn,
    FrameworkDescription: description,
    FrameworkControls: fromControls(controls),
    CreationTime: dateOf(createdAt),
    DeploymentStatus: status,
    FrameworkStatus:
      state.services.config.statusOf(caller, ConfigRecordings.neededTypes([...controls], [])) ?? 'ACTIVE',
    IdempotencyToken: made.idempotencyToken,
  });
}
