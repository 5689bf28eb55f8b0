import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ListAWSDefaultServiceQuotasCommand,
  ListServiceQuotasCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { World } from '@holdfast/engine';
import { BackupLimits } from '@holdfast/model';

test('quotas are those that the engine enforces, and no others', async () => {
  const quotas = new World({ start: '2027-01-01T00:00:00Z', seed: 1 }).client(ServiceQuotasClient);
  const ServiceCode = 'backup';
  const QuotaCode = 'L-E43E0ED6';
  const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
  expect(Quota).toMatchObject({ QuotaCode, Value: BackupLimits.FRAMEWORKS, Adjustable: true });
  const byDefault = await quotas.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode }));
  expect(byDefault.Quota).toEqual(Quota);
  const first = await quotas.send(new ListServiceQuotasCommand({ ServiceCode, MaxResults: 5 }));
  const rest = await quotas.send(new ListServiceQuotasCommand({ ServiceCode, NextToken: first.NextToken }));
  const all = await quotas.send(new ListAWSDefaultServiceQuotasCommand({ ServiceCode }));
  expect([...(first.Quotas ?? []), ...(rest.Quotas ?? [])]).toEqual(all.Quotas);
  expect(all.Quotas).toHaveLength(7);
  const unknown = quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode: 'L-00000000' }));
  await expect(unknown).rejects.toBeInstanceOf(NoSuchResourceException);
  const other = quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'ec2' }));
  await expect(other).rejects.toMatchObject({ name: 'NotEmulated' });
});
