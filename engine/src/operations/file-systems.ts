/**
 * File systems of EFS, as EFS shows them.
 *
 * Owns     nothing: automatic backups are a vault and a plan of AWS Backup.
 * Source   API of EFS 2015-02-01; EFS user guide, "Backing up EFS file systems": the tag, the vault, a daily backup that is kept
 *          for 35 days.
 * Assumed  Names of plan, rule and selection; the role, which is the service-linked one.
 */
import type { BackupPolicy, FileSystemDescription, MountTargetDescription } from '@aws-sdk/client-efs';
import { generatedHex } from '../domain/generated-ids';
import type { FileSystemParticulars, MountTarget } from '../domain/file-systems';
import { addSelection } from '../domain/plan-making';
import type { Resource } from '../domain/protected-resources';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { bringVault } from './backup/create-backup-vault';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { networkOf, zoneId } from './ec2-network';
import { AwsFault } from './fault';
import { changeResource, environmentOf, lastOf, resourcesOf, tagList, tagsOf, tryFindResource } from './stateful';

export const FILE_SYSTEM = ['efs'];

const AUTOMATIC_TAG = 'aws:elasticfilesystem:default-backup';
const AUTOMATIC_VAULT = 'aws/efs/automatic-backup-vault';
const AUTOMATIC_PLAN = 'aws/efs/automatic-backup-plan';
const AUTOMATIC_DAYS = 35;

/** By id, or by ARN. */
export function findFileSystem(state: WorldState, caller: Caller, named: string | undefined): Resource {
  const id = named === undefined ? undefined : lastOf(named);
  const found = tryFindResource(state, caller, FILE_SYSTEM, id);
  if (found === undefined) {
    throw new AwsFault('FileSystemNotFound', `File system '${named ?? ''}' does not exist.`);
  }
  return found;
}

export function fileSystemParticulars(state: WorldState, found: Resource): FileSystemParticulars {
  return {
    creationToken: lastOf(found.arn),
    performanceMode: 'generalPurpose',
    throughputMode: 'bursting',
    provisionedMibps: undefined,
    zone: undefined,
    lifecyclePolicies: [],
    policy: undefined,
    overwriteProtection: 'ENABLED',
    mountTargets: [],
    accessPoints: [],
    ...state.ledger.particulars.fileSystems.of(found.arn),
  };
}

export function fileSystemShape(state: WorldState, found: Resource): FileSystemDescription {
  const made = fileSystemParticulars(state, found);
  const { env, encryptedWith } = found.declaration;
  const tags = tagsOf(found);
  return given({
    OwnerId: env.account,
    CreationToken: made.creationToken,
    FileSystemId: lastOf(found.arn),
    FileSystemArn: found.arn,
    CreationTime: dateOf(found.madeAt),
    LifeCycleState: 'available' as const,
    Name: tags['Name'],
    NumberOfMountTargets: made.mountTargets.length,
    SizeInBytes: { Value: found.sizeBytes, ValueInIA: 0, ValueInArchive: 0, ValueInStandard: found.sizeBytes },
    PerformanceMode: made.performanceMode as 'generalPurpose',
    Encrypted: encryptedWith !== undefined,
    KmsKeyId: encryptedWith,
    ThroughputMode: made.throughputMode as 'bursting',
    ProvisionedThroughputInMibps: made.provisionedMibps,
    AvailabilityZoneName: made.zone,
    AvailabilityZoneId: made.zone === undefined ? undefined : zoneId(env.region, made.zone),
    FileSystemProtection: { ReplicationOverwriteProtection: made.overwriteProtection as 'ENABLED' },
    Tags: tagList(tags),
  });
}

export function backupPolicy(found: Resource): BackupPolicy {
  return { Status: tagsOf(found)[AUTOMATIC_TAG] === 'enabled' ? 'ENABLED' : 'DISABLED' };
}

/** Turns automatic backups of a file system on or off: a tag, which a plan of AWS Backup selects. */
export function backUpAutomatically(state: WorldState, found: Resource, on: boolean): Resource {
  const { [AUTOMATIC_TAG]: _before, ...others } = tagsOf(found);
  if (on) {
    bringAutomaticPlan(state, found.declaration.env);
  }
  return changeResource(state, found, { tags: on ? { ...others, [AUTOMATIC_TAG]: 'enabled' } : others });
}

/** One vault and one plan in each account and Region. */
function bringAutomaticPlan(state: WorldState, caller: Caller): void {
  const env = environmentOf(caller);
  const { ledger } = state;
  if (ledger.vaults.tryFind(env, AUTOMATIC_VAULT) === undefined) {
    bringVault(state, {
      name: AUTOMATIC_VAULT,
      env,
      airGapped: false,
      encryptionKeyArn: undefined,
      tags: {},
      creatorRequestId: undefined,
      createdAt: state.now,
      availableAt: state.now,
    });
  }
  const standing = ledger.plans
    .list()
    .find(
      ({ declaration }) => declaration.backupPlanName === AUTOMATIC_PLAN && placeOf(declaration.env) === placeOf(env),
    );
  if (standing !== undefined) {
    return;
  }
  const rule = {
    ruleName: 'automatic-backup',
    targetBackupVaultName: AUTOMATIC_VAULT,
    scheduleExpression: 'cron(0 5 ? * * *)',
    lifecycle: { deleteAfterDays: AUTOMATIC_DAYS },
  };
  const plan = state.plans.add({ backupPlanName: AUTOMATIC_PLAN, env, rules: [rule] }, undefined);
  const role = `arn:${env.partition}:iam::${env.account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
  const selection = {
    selectionName: 'automatic-backup',
    iamRoleArn: role,
    listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: AUTOMATIC_TAG, conditionValue: 'enabled' }],
  };
  addSelection(ledger, plan, selection, undefined);
}

export function findMountTarget(
  state: WorldState,
  caller: Caller,
  id: string | undefined,
): { readonly fileSystem: Resource; readonly target: MountTarget } {
  for (const fileSystem of resourcesOf(state, caller, FILE_SYSTEM)) {
    const target = fileSystemParticulars(state, fileSystem).mountTargets.find((one) => one.id === id);
    if (target !== undefined) {
      return { fileSystem, target };
    }
  }
  throw new AwsFault('MountTargetNotFound', `Mount target '${id ?? ''}' does not exist.`);
}

export function mountTargetShape(
  state: WorldState,
  caller: Caller,
  fileSystem: Resource,
  target: MountTarget,
): MountTargetDescription {
  const subnet = networkOf(state, caller).subnets.get(target.subnetId);
  return given({
    MountTargetId: target.id,
    FileSystemId: lastOf(fileSystem.arn),
    SubnetId: target.subnetId,
    LifeCycleState: 'available' as const,
    OwnerId: caller.account,
    IpAddress: target.ipAddress,
    NetworkInterfaceId: `eni-${generatedHex('network-interface', environmentOf(caller), target.id, 17)}`,
    AvailabilityZoneId: subnet && zoneId(caller.region, subnet.zone),
    AvailabilityZoneName: subnet?.zone,
    VpcId: subnet?.vpcId,
  });
}
