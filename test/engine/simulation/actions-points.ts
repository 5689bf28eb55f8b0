// What is done to recovery points and jobs.
import { RestoreMetadata, RestoreMetadataNeed } from '@holdfast/model';
import type { GetRecoveryPointRestoreMetadataOutput } from '@aws-sdk/client-backup';
import { HOUR } from './facts';
import { Kind, pickPoint, placeOf, Scene } from './scene';
import { read } from './call';
import { JOB_ROLE, roleArn } from './random-world';
import { drawLifecycle } from './random-plans';
import { vaultArnOf } from './snapshot';

export const pointActions: readonly Kind[] = [
  { name: 'delete a point', odds: 8, propose: (scene) => onPoint(scene, 'DeleteRecoveryPoint', () => true) },
  {
    name: 'delete a point of a locked vault',
    odds: 4,
    propose: (scene) => onPoint(scene, 'DeleteRecoveryPoint', ({ backupVaultName: name }) => name !== 'main'),
  },
  {
    name: 'delete a point that is held or expired',
    odds: 4,
    propose: (scene) => {
      const held = new Set(scene.snapshot.holds.flatMap(({ keeps }) => keeps));
      return onPoint(
        scene,
        'DeleteRecoveryPoint',
        (point) => point.status === 'EXPIRED' || held.has(`${point.backupVaultArn} ${point.recoveryPointArn}`),
      );
    },
  },
  {
    name: 'disassociate a point',
    odds: 3,
    propose: (scene) => onPoint(scene, 'DisassociateRecoveryPoint', ({ continuous }) => continuous),
  },
  {
    name: 'take a point out of its composite',
    odds: 3,
    propose: (scene) => {
      const { composites, resources } = compositesIn(scene);
      return onPoint(scene, 'DisassociateRecoveryPointFromParent', ({ resourceArn }) =>
        composites.length === 0 ? scene.draw.oneIn(8) : resources.has(resourceArn),
      );
    },
  },
  { name: 'update a lifecycle', odds: 6, propose: updateLifecycle },
  { name: 'start a backup', odds: 8, propose: startBackup },
  { name: 'start a copy', odds: 7, propose: startCopy },
  { name: 'start a restore', odds: 4, propose: startRestore },
  { name: 'stop a backup', odds: 5, propose: stopBackup },
];

/** Stacks and clusters, and what is a member of them or they themselves. */
function compositesIn({ state }: Scene) {
  const composites = state.resources.filter(({ members }) => members !== undefined);
  const arns = composites.flatMap(({ arn, members }) => [arn, ...Object.values(members ?? {})]);
  return { composites, resources: new Set(arns) };
}

function onPoint(
  scene: Scene,
  operation: string,
  passes: Parameters<typeof pickPoint>[1],
): ReturnType<Kind['propose']> {
  const found = pickPoint(scene, passes);
  if (found === undefined) {
    return undefined;
  }
  const { backupVaultName: BackupVaultName, recoveryPointArn: RecoveryPointArn } = found.point;
  return { env: found.env, service: 'backup', operation, input: { BackupVaultName, RecoveryPointArn } };
}

/** Lifecycles as the SDK has them. */
function lifecycleOf(scene: Scene): Record<string, unknown> {
  const lifecycle = drawLifecycle(scene.draw);
  return lifecycle === undefined
    ? {}
    : {
        Lifecycle: {
          MoveToColdStorageAfterDays: lifecycle.moveToColdStorageAfterDays,
          DeleteAfterDays: lifecycle.deleteAfterDays,
          OptInToArchiveForSupportedResources: lifecycle.optInToArchiveForSupportedResources,
        },
      };
}

function updateLifecycle(scene: Scene): ReturnType<Kind['propose']> {
  const proposal = onPoint(scene, 'UpdateRecoveryPointLifecycle', () => true);
  return proposal && { ...proposal, input: { ...proposal.input, ...lifecycleOf(scene) } };
}

function startBackup(scene: Scene): ReturnType<Kind['propose']> {
  const { draw, world } = scene;
  const { composites } = compositesIn(scene);
  const resource = draw.pick(composites.length > 0 && draw.oneIn(3) ? composites : scene.state.resources);
  const { env, arn: ResourceArn } = resource;
  const here = world.vaults.filter(({ env: its }) => its.account === env.account && its.region === env.region);
  const input = {
    BackupVaultName: draw.pick(here).name,
    ResourceArn,
    IamRoleArn: roleArn(env, JOB_ROLE),
    ...lifecycleOf(scene),
    ...(draw.oneIn(2) ? {} : { StartWindowMinutes: 60, CompleteWindowMinutes: draw.pick([120, 600]) }),
  };
  return { env, service: 'backup', operation: 'StartBackupJob', input };
}

function startCopy(scene: Scene): ReturnType<Kind['propose']> {
  const found = pickPoint(scene);
  if (found === undefined) {
    return undefined;
  }
  const target = scene.draw.pick(scene.world.vaults);
  const input = {
    RecoveryPointArn: found.point.recoveryPointArn,
    SourceBackupVaultName: found.point.backupVaultName,
    DestinationBackupVaultArn: vaultArnOf(target.env, target.name),
    IamRoleArn: roleArn(found.env, JOB_ROLE),
    ...lifecycleOf(scene),
  };
  return { env: found.env, service: 'backup', operation: 'StartCopyJob', input };
}

/** With the metadata that AWS Backup keeps for the point and, mostly, what the service asks for beside it. */
function startRestore(scene: Scene): ReturnType<Kind['propose']> {
  const { draw, state, snapshot } = scene;
  const found = pickPoint(scene);
  if (found === undefined) {
    return undefined;
  }
  const { env, point } = found;
  const asked = { BackupVaultName: point.backupVaultName, RecoveryPointArn: point.recoveryPointArn };
  const stored = read<GetRecoveryPointRestoreMetadataOutput>(
    state,
    env,
    'backup',
    'GetRecoveryPointRestoreMetadata',
    asked,
  ).RestoreMetadata;
  const needed = RestoreMetadata.keysOf(point.resourceType)
    .filter(({ need }) => need !== RestoreMetadataNeed.OPTIONAL && !draw.oneIn(15))
    .map(({ key }) => [key, `sim-${draw.below(1000)}`]);
  const time = point.continuous ? { RestoreTime: new Date(snapshot.at - draw.below(6) * HOUR).toISOString() } : {};
  const Metadata = { ...Object.fromEntries(needed), ...stored, ...time };
  const input = { RecoveryPointArn: point.recoveryPointArn, Metadata, IamRoleArn: roleArn(env, JOB_ROLE) };
  return { env, service: 'backup', operation: 'StartRestoreJob', input };
}

function stopBackup({ world, jobs, draw }: Scene): ReturnType<Kind['propose']> {
  const backups = jobs.filter(({ kind, backupVaultArn }) => kind === 'backup' && backupVaultArn !== '');
  const open = backups.filter(({ state }) => ['CREATED', 'PENDING', 'RUNNING'].includes(state));
  // Jobs of stacks and clusters are few, and stop their children with them.
  const parents = open.filter(({ resourceType }) => ['CloudFormation', 'EKS'].includes(resourceType));
  const some = open.length === 0 || draw.oneIn(4) ? backups : open;
  const job = draw.tryPick(parents.length > 0 && draw.oneIn(2) ? parents : some);
  return (
    job && {
      env: placeOf(world, job.backupVaultArn),
      service: 'backup',
      operation: 'StopBackupJob',
      input: { BackupJobId: job.jobId },
    }
  );
}
