/**
 * PutRestoreValidationResult.
 *
 * Source   B9.3/5: taken once, while the restore is being validated. Assumed: the texts, and that VALIDATING is no result.
 */
import type { PutRestoreValidationResultInput } from '@aws-sdk/client-backup';
import { isResult } from '../../domain/restore-testing-runs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRestoreJob } from '../find-restore-job';
import { required } from '../find-vault';

export function putRestoreValidationResult(
  state: WorldState,
  caller: Caller,
  input: PutRestoreValidationResultInput,
): Record<string, never> {
  const job = findRestoreJob(state, caller, input.RestoreJobId);
  const result = required(input.ValidationStatus, 'ValidationStatus');
  if (!isResult(result)) {
    throw new AwsFault('InvalidParameterValueException', `ValidationStatus ${result} is no result of a validation.`);
  }
  const { test } = job.request;
  if (test?.validationStatus !== 'VALIDATING') {
    throw new AwsFault('InvalidRequestException', `Restore job ${job.id} is not being validated.`);
  }
  state.restoreTests.validate(job, test, result, input.ValidationStatusMessage);
  return {};
}
