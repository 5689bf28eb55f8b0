import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { ANY_ARN } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { readable, shown, whole } from './private/reading';
import { RESOURCE } from './private/tables/plan';
import { ServiceWindow } from './service-window';
import { ServiceSupport } from './support/service-support';
import { Environment } from './environment';

/**
 * A resource that holds data and that AWS Backup might protect.
 */
export interface StatefulResource {
  /**
   * ARN of the resource.
   */
  readonly arn: string;

  /**
   * Id of its row in the table of service support, e.g. `dynamodb-advanced`, `aurora`, `fsx-windows`.
   */
  readonly service: string;

  /**
   * AWS Backup's own word for the type, e.g. `DynamoDB`, `Aurora`, `EBS`.
   */
  readonly resourceType: string;

  /**
   * Name of the resource, or its id where it has no name.
   */
  readonly name: string;

  /**
   * Where the resource lives.
   */
  readonly env: Environment;

  /**
   * Tags of the resource.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Size of the data in GiB.
   *
   * @default - the default size of the service, `ServiceSupport`
   */
  readonly sizeGiB?: number;

  /**
   * Share of the data that changes in a day, in percent.
   *
   * @default - the default of the service, `ServiceSupport`
   */
  readonly dailyChangePercent?: number;

  /**
   * How many objects a bucket has, with its older versions.
   *
   * What is billed by the object, and small objects as larger ones, can be counted where it is known (Source B16.2/15).
   *
   * @default - those that it holds, or not known
   */
  readonly objectCount?: number;

  /**
   * Whether versions of its objects are kept, of a bucket: without them its backups fail.
   *
   * Source: developer guide, "Amazon S3 backups"; ministryofjustice/modernisation-platform#12696 for jobs that failed so.
   *
   * @default - not known, so that no backup fails for it
   */
  readonly versioning?: boolean;

  /**
   * ARN of the key that encrypts the resource.
   *
   * @default - not encrypted, or not known
   */
  readonly encryptedWith?: string;

  /**
   * The policy of that key, as an object or as JSON text.
   *
   * @default - not known
   */
  readonly keyPolicy?: any;

  /**
   * State of the resource, in the words of its service.
   *
   * @default - available
   */
  readonly state?: string;

  /**
   * When the service maintains the resource each week, in UTC, e.g. `mon:05:00-mon:05:30`.
   *
   * @default - not known, so that no backup fails for it
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * When the service makes automated backups of its own each day, in UTC, e.g. `04:00-04:30`.
   *
   * @default - not known, so that no backup fails for it
   */
  readonly preferredBackupWindow?: string;

  /**
   * For how many days the service keeps its automated backups; 0 when it makes none.
   *
   * @default - it makes some
   */
  readonly automatedBackupDays?: number;

  /**
   * What an EC2 instance has for the volume shadow copies that a plan asks for: `works`, `not-windows`, `agent-missing`,
   * `agent-offline`, `insufficient-privileges`, `timeout` or `unsupported-version`.
   *
   * @default - works
   */
  readonly windowsVss?: string;

  /**
   * Id of the hypervisor that a virtual machine is on, e.g. `hype-0123456789abcdef`: backup gateways are associated with
   * hypervisors, and each runs so many jobs at once (Source B4.3/9).
   *
   * @default - one hypervisor for all machines of its account and Region that name none
   */
  readonly hypervisorId?: string;

  /**
   * How many backup gateways are associated with the hypervisor of a virtual machine.
   *
   * @default 1
   */
  readonly gatewayCount?: number;

  /**
   * ARNs of the resources that are backed up together with this one, by what they are called in it: the logical ids of a
   * CloudFormation stack, or names of the volumes of an EKS cluster. Members of a stack within a stack are its own.
   *
   * @default - none
   */
  readonly members?: { [id: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the ARN
   */
  readonly declaredAt?: string;
}

const WINDOWS_VSS = [
  'works',
  'not-windows',
  'agent-missing',
  'agent-offline',
  'insufficient-privileges',
  'timeout',
  'unsupported-version',
];

/** Source API: HypervisorId has 1 to 100 characters, and is what its ARN ends in (ServerArn). */
const HYPERVISOR_ID = /^[a-zA-Z0-9-]{1,100}$/;

/**
 * What AWS refuses in a resource as the inventory gives it.
 */
export class StatefulResourceRules {
  /**
   * What the rules find. Never throws.
   *
   * @param resource the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(resource: StatefulResource, path: string, probe: IValueProbe): Finding[] {
    if (!readable(resource, probe)) {
      return [];
    }
    const findings = checkName(RESOURCE.arn, resource.arn, ANY_ARN, at(path, 'arn'), probe);
    const { service, sizeGiB, dailyChangePercent, objectCount } = resource;
    const { preferredMaintenanceWindow, preferredBackupWindow } = resource;
    if (readable(service, probe) && ServiceSupport.tryFind(service) === undefined) {
      findings.push(found(RESOURCE.service, at(path, 'service'), shown(service)));
    }
    if (readable(sizeGiB, probe) && !(sizeGiB >= 0 && Number.isFinite(sizeGiB))) {
      findings.push(found(RESOURCE.size, at(path, 'sizeGiB'), shown(sizeGiB)));
    }
    if (readable(dailyChangePercent, probe) && !(dailyChangePercent >= 0 && dailyChangePercent <= 100)) {
      findings.push(found(RESOURCE.dailyChange, at(path, 'dailyChangePercent'), shown(dailyChangePercent)));
    }
    if (readable(objectCount, probe) && !whole(objectCount, 0, Number.MAX_SAFE_INTEGER)) {
      findings.push(found(RESOURCE.objectCount, at(path, 'objectCount'), shown(objectCount)));
    }
    const { automatedBackupDays: days, windowsVss } = resource;
    if (readable(windowsVss, probe) && !WINDOWS_VSS.includes(windowsVss)) {
      findings.push(found(RESOURCE.windowsVss, at(path, 'windowsVss'), shown(windowsVss)));
    }
    if (readable(days, probe) && !whole(days, 0, 35)) {
      findings.push(found(RESOURCE.automatedBackupDays, at(path, 'automatedBackupDays'), shown(days)));
    }
    if (
      readable(preferredMaintenanceWindow, probe) &&
      ServiceWindow.tryWeekly(preferredMaintenanceWindow) === undefined
    ) {
      const where = at(path, 'preferredMaintenanceWindow');
      findings.push(found(RESOURCE.maintenanceWindow, where, shown(preferredMaintenanceWindow)));
    }
    if (readable(preferredBackupWindow, probe) && ServiceWindow.tryDaily(preferredBackupWindow) === undefined) {
      findings.push(found(RESOURCE.backupWindow, at(path, 'preferredBackupWindow'), shown(preferredBackupWindow)));
    }
    return [...findings, ...checkGateways(resource, path, probe)];
  }

  private constructor() {}
}

/** Gateways are of virtual machines alone. */
function checkGateways(resource: StatefulResource, path: string, probe: IValueProbe): Finding[] {
  const { service, hypervisorId, gatewayCount } = resource;
  const isMachine = !readable(service, probe) || service === BackupLimits.GATEWAY_SERVICE;
  const given = (value: unknown) => (isMachine ? shown(value) : `${shown(value)} for ${service}`);
  const findings: Finding[] = [];
  if (readable(hypervisorId, probe) && !(isMachine && HYPERVISOR_ID.test(hypervisorId))) {
    findings.push(found(RESOURCE.hypervisorId, at(path, 'hypervisorId'), given(hypervisorId)));
  }
  if (readable(gatewayCount, probe) && !(isMachine && whole(gatewayCount, 1, Number.MAX_SAFE_INTEGER))) {
    findings.push(found(RESOURCE.gatewayCount, at(path, 'gatewayCount'), given(gatewayCount)));
  }
  return findings;
}
