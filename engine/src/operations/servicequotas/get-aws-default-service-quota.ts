/**
 * GetAWSDefaultServiceQuota: one as accounts begin with it.
 *
 * Source   API of Service Quotas 2019-06-24.
 * Gaps     AWS Backup alone, and of its quotas those that the engine enforces.
 */
import type {
  GetAWSDefaultServiceQuotaCommandInput,
  GetAWSDefaultServiceQuotaCommandOutput,
} from '@aws-sdk/client-service-quotas';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { quotaOf } from '../quotas';

export function getAWSDefaultServiceQuota(
  _state: WorldState,
  caller: Caller,
  input: GetAWSDefaultServiceQuotaCommandInput,
): Omit<GetAWSDefaultServiceQuotaCommandOutput, '$metadata'> {
  return { Quota: quotaOf(caller, input.ServiceCode, input.QuotaCode) };
}
