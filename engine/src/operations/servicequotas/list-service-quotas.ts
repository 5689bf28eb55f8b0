/**
 * ListServiceQuotas: those of a service in an account and Region.
 *
 * Source   API of Service Quotas 2019-06-24.
 * Gaps     AWS Backup alone, and of its quotas those that the engine enforces.
 */
import type { ListServiceQuotasCommandInput, ListServiceQuotasCommandOutput } from '@aws-sdk/client-service-quotas';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { quotasOf } from '../quotas';

export function listServiceQuotas(
  _state: WorldState,
  caller: Caller,
  input: ListServiceQuotasCommandInput,
): Omit<ListServiceQuotasCommandOutput, '$metadata'> {
  const page = pageOf(quotasOf(caller, input.ServiceCode), input.MaxResults, input.NextToken, {
    service: 'servicequotas',
    operation: 'ListServiceQuotas',
    parent: input.ServiceCode,
    keyOf: ({ QuotaCode = '' }) => QuotaCode,
  });
  return given({ Quotas: page.items, NextToken: page.nextToken });
}
