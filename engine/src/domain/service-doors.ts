/**
 * How the service that keeps a recovery point answers who wants to delete it there rather than in AWS Backup.
 *
 * Pure: a table. The operations of the services refuse with it, and an attack tells by it which doors are shut.
 * Source   EC2 of snapshots: cloud-custodian/cloud-custodian#9459, openshift/installer#9964 (its words). EC2 of images: EC2 user
 *          guide, "Deregister an Amazon EC2 AMI". RDS and Aurora: Aurora user guide, "Deleting a DB cluster snapshot" (backups
 *          of AWS Backup are deleted in AWS Backup), ekristen/aws-nuke#364 (neither kind of snapshot can be deleted there).
 * Assumed  Words other than EC2's of snapshots. Of DynamoDB, FSx and Redshift nothing is documented: here they refuse, as there is no
 *          deletion behind the back of AWS Backup here, and an attack counts their doors as open.
 */

/** A deletion of what AWS Backup made, by the API of its service. */
export type Door =
  | 'ec2:DeleteSnapshot'
  | 'ec2:DeregisterImage'
  | 'rds:DeleteDBSnapshot'
  | 'rds:DeleteDBClusterSnapshot'
  | 'dynamodb:DeleteBackup'
  | 'fsx:DeleteBackup'
  | 'redshift:DeleteClusterSnapshot';

/** The errors with which services refuse. */
export type DoorCode =
  | 'InvalidParameterValue'
  | 'InvalidDBSnapshotStateFault'
  | 'InvalidDBClusterSnapshotStateFault'
  | 'ValidationException'
  | 'BadRequest'
  | 'InvalidClusterSnapshotStateFault';

export interface ServiceDoor {
  readonly service: string;
  /** Whether AWS or those who tried say that the service refuses. */
  readonly documented: boolean;
  readonly code: DoorCode;
  /** What it says; `name` is what the service calls the point. */
  readonly text: (name: string) => string;
}

export const SERVICE_DOORS: Readonly<Record<Door, ServiceDoor>> = {
  'ec2:DeleteSnapshot': ofEc2('snapshot'),
  'ec2:DeregisterImage': ofEc2('image'),
  'rds:DeleteDBSnapshot': refused('RDS', true, 'InvalidDBSnapshotStateFault'),
  'rds:DeleteDBClusterSnapshot': refused('RDS', true, 'InvalidDBClusterSnapshotStateFault'),
  'dynamodb:DeleteBackup': refused('DynamoDB', false, 'ValidationException'),
  'fsx:DeleteBackup': refused('FSx', false, 'BadRequest'),
  'redshift:DeleteClusterSnapshot': refused('Redshift', false, 'InvalidClusterSnapshotStateFault'),
};

/** The door that an action is, if it is one. */
export function doorOf(action: string): ServiceDoor | undefined {
  return Object.hasOwn(SERVICE_DOORS, action) ? SERVICE_DOORS[action as Door] : undefined;
}

function ofEc2(what: string): ServiceDoor {
  const text = () =>
    `This ${what} is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to delete this ${what}, please do so via the Backup console.`;
  return { service: 'EC2', documented: true, code: 'InvalidParameterValue', text };
}

function refused(service: string, documented: boolean, code: DoorCode): ServiceDoor {
  const text = (name: string) => `${name} is managed by AWS Backup and cannot be deleted via ${service} APIs.`;
  return { service, documented, code, text };
}
