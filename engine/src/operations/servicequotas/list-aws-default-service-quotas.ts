/**
 * ListAWSDefaultServiceQuotas: those of a service as accounts begin with them.
 *
 * Source   API of Service Quotas 2019-06-24.
 * Gaps     AWS Backup alone, and of its quotas those that the engine enforces.
 */
import type {
  ListAWSDefaultServiceQuotasCommandInput,
  ListAWSDefaultServiceQuotasCommandOutput,
} from '@aws-sdk/client-service-quotas';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { quotasOf } from '../quotas';

export function listAWSDefaultServiceQuotas(
  _state: WorldState,
  caller: Caller,
  input: ListAWSDefaultServiceQuotasCommandInput,
): Omit<ListAWSDefaultServiceQuotasCommandOutput, '$metadata'> {
  const page = pageOf(quotasOf(caller, input.ServiceCode), input.MaxResults, input.NextToken, {
    service: 'servicequotas',
    operation: 'ListAWSDefaultServiceQuotas',
    parent: input.ServiceCode,
    keyOf: ({ QuotaCode = '' }) => QuotaCode,
  });
  return given({ Quotas: page.items, NextToken: page.nextToken });
}
