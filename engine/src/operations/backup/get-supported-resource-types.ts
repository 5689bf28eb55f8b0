/**
 * GetSupportedResourceTypes.
 *
 * Source   API of AWS Backup; service-support table of the model. Assumed: every Region has them all.
 */
import type { GetSupportedResourceTypesOutput } from '@aws-sdk/client-backup';
import { ServiceSupport } from '@holdfast/model';

export function getSupportedResourceTypes(): GetSupportedResourceTypesOutput {
  return { ResourceTypes: [...new Set(ServiceSupport.all().map(({ resourceType }) => resourceType))].sort() };
}
