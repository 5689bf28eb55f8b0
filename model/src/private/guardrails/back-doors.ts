import { BackDoorService, GuardrailExemption } from '../../guardrail-options';
import { Template } from './statement';

/** What the API of a service can do to recovery points, and how their ARNs look. */
interface BackDoor {
  readonly deletes: readonly string[];
  readonly shares: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The tag that AWS Backup puts on every snapshot and image that it makes; nobody else can set or remove a tag `aws:…`.
 *
 * Source: its managed policies for backup and restore ask for the tag before they let it share, archive or delete one.
 */
export const SOURCE_RESOURCE_TAG = 'aws:ResourceTag/aws:backup:source-resource';

/** Snapshots and images, whose ARNs do not tell who made them; the tag does. */
const EC2: BackDoor = {
  deletes: [
    'ec2:DeleteSnapshot',
    'ec2:DeregisterImage',
    'ec2:DisableImage',
    'ec2:DisableImageDeregistrationProtection',
    'ec2:ModifySnapshotTier',
    'ec2:UnlockSnapshot',
  ],
  shares: ['ec2:ModifyImageAttribute', 'ec2:ModifySnapshotAttribute'],
  resources: ['arn:*:ec2:*::image/*', 'arn:*:ec2:*::snapshot/*'],
};

/**
 * Services that are told by the ARN alone.
 *
 * Names that AWS Backup gives begin with `awsbackup:` in RDS and Redshift. In DynamoDB, FSx, Redshift Serverless and
 * among automated backups of RDS the ARN does not tell, and the backups of DynamoDB have no tags that a condition reads:
 * every one of them counts (Assumed to be meant: rather one too many kept than one lost).
 */
const BY_ARN: Readonly<Record<string, BackDoor>> = {
  [BackDoorService.RDS]: {
    deletes: [
      'rds:DeleteDBClusterAutomatedBackup',
      'rds:DeleteDBClusterSnapshot',
      'rds:DeleteDBInstanceAutomatedBackup',
      'rds:DeleteDBSnapshot',
    ],
    shares: ['rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute'],
    resources: [
      'arn:*:rds:*:*:auto-backup:*',
      'arn:*:rds:*:*:cluster-auto-backup:*',
      'arn:*:rds:*:*:cluster-snapshot:awsbackup:*',
      'arn:*:rds:*:*:snapshot:awsbackup:*',
    ],
  },
  [BackDoorService.DYNAMODB]: {
    deletes: ['dynamodb:DeleteBackup'],
    shares: [],
    resources: ['arn:*:dynamodb:*:*:table/*/backup/*'],
  },
  [BackDoorService.FSX]: {
    deletes: ['fsx:DeleteBackup'],
    shares: ['fsx:ManageBackupPrincipalAssociations'],
    resources: ['arn:*:fsx:*:*:backup/*'],
  },
  [BackDoorService.REDSHIFT]: {
    deletes: [
      'redshift:BatchDeleteClusterSnapshots',
      'redshift:BatchModifyClusterSnapshots',
      'redshift:DeleteClusterSnapshot',
      'redshift:ModifyClusterSnapshot',
    ],
    shares: ['redshift:AuthorizeSnapshotAccess'],
    resources: ['arn:*:redshift:*:*:snapshot:*/awsbackup:*'],
  },
  [BackDoorService.REDSHIFT_SERVERLESS]: {
    deletes: ['redshift-serverless:DeleteSnapshot', 'redshift-serverless:UpdateSnapshot'],
    shares: [],
    resources: ['arn:*:redshift-serverless:*:*:snapshot/*'],
  },
};

const ALL = Object.values(BackDoorService);

/** Deletion, hiding and shortening of points through the services' own APIs. */
export function backDoorDeletes(services: readonly BackDoorService[] = ALL): Template[] {
  return backDoors(services, ({ deletes }) => deletes);
}

/** Sharing of points with other accounts through the services' own APIs. */
export function backDoorShares(services: readonly BackDoorService[] = ALL): Template[] {
  return [
    ...backDoors(services, ({ shares }) => shares),
    // Has no resource to name; such policies are there to share snapshots alone.
    ...(services.includes(BackDoorService.REDSHIFT_SERVERLESS)
      ? [{ actions: ['redshift-serverless:PutResourcePolicy'], exempt: GuardrailExemption.BACKUP }]
      : []),
  ];
}

/**
 * AWS Backup deletes and shares with the role of the selection, hence the exemption (Source: its managed policy for backup).
 *
 * One statement for all that the ARN tells: an action of a service never meets a resource of another, and the list of the
 * exempt, which may be long, stands there once.
 */
function backDoors(services: readonly BackDoorService[], actionsOf: (door: BackDoor) => readonly string[]): Template[] {
  const doors = services.flatMap((service) => BY_ARN[service] ?? []);
  const actions = doors.flatMap(actionsOf);
  const exempt = GuardrailExemption.BACKUP;
  return [
    ...(services.includes(BackDoorService.EC2)
      ? [
          {
            actions: actionsOf(EC2),
            resources: EC2.resources,
            conditions: { Null: { [SOURCE_RESOURCE_TAG]: 'false' } },
            exempt,
          },
        ]
      : []),
    ...(actions.length === 0 ? [] : [{ actions, resources: doors.flatMap(({ resources }) => resources), exempt }]),
  ];
}
