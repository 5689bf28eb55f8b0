/**
 * Quotas of AWS Backup that the engine enforces, as Service Quotas shows them.
 *
 * Pure: reads the limits of model.
 * Source   BackupLimits (codes and values). Assumed: the names, and the text. None was ever raised here.
 */
import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import { BackupLimits } from '@holdfast/model';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

const QUOTAS: readonly (readonly [code: string, name: string, value: number])[] = [
  ['L-7705D2CB', 'Backup vaults per Region per account', BackupLimits.VAULTS],
  ['L-514878B6', 'Recovery points per backup vault', BackupLimits.RECOVERY_POINTS_OF_VAULT],
  ['L-BD69F607', 'Backup plans per Region per account', BackupLimits.PLANS],
  ['L-9122A82F', 'Versions per backup plan', BackupLimits.PLAN_VERSIONS],
  ['L-E43E0ED6', 'Frameworks per Region per account', BackupLimits.FRAMEWORKS],
  ['L-B4021FB0', 'Framework controls per Region per account', BackupLimits.FRAMEWORK_CONTROLS],
  ['L-C296F1F5', 'Report plans per account', BackupLimits.REPORT_PLANS],
];

export function quotasOf({ partition, account, region }: Caller, serviceCode: string | undefined): ServiceQuota[] {
  if (required(serviceCode, 'ServiceCode') !== 'backup') {
    throw new AwsFault('NotEmulated', `servicequotas: quotas of ${serviceCode} are not emulated`);
  }
  return QUOTAS.map(([QuotaCode, QuotaName, Value]) => ({
    ServiceCode: 'backup',
    ServiceName: 'AWS Backup',
    QuotaArn: `arn:${partition}:servicequotas:${region}:${account}:backup/${QuotaCode}`,
    QuotaCode,
    QuotaName,
    Value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
  }));
}

export function quotaOf(caller: Caller, serviceCode: string | undefined, code: string | undefined): ServiceQuota {
  const found = quotasOf(caller, serviceCode).find(({ QuotaCode }) => QuotaCode === required(code, 'QuotaCode'));
  if (found === undefined) {
    throw new AwsFault(
      'NoSuchResourceException',
      `The request failed because the specified quota ${code} does not exist.`,
    );
  }
  return found;
}
