/**
 * The action of IAM that an operation is, and the roles that a call hands over.
 *
 * Pure: tables.
 * Source   Service authorization reference: most actions are called like their operations; these are not.
 */

/** Services whose actions begin with another word than their requests are signed with. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', tagging: 'tag' };

/** Operations whose action has another name, by service. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  budgets: {
    CreateBudget: 'ModifyBudget',
    CreateNotification: 'ModifyBudget',
    CreateSubscriber: 'ModifyBudget',
    DeleteBudget: 'ModifyBudget',
    DeleteNotification: 'ModifyBudget',
    DeleteSubscriber: 'ModifyBudget',
    DescribeBudget: 'ViewBudget',
    DescribeBudgets: 'ViewBudget',
    DescribeNotificationsForBudget: 'ViewBudget',
    DescribeSubscribersForNotification: 'ViewBudget',
    UpdateBudget: 'ModifyBudget',
    UpdateNotification: 'ModifyBudget',
    UpdateSubscriber: 'ModifyBudget',
  },
  lambda: { Invoke: 'InvokeFunction', InvokeAsync: 'InvokeFunction' },
  s3: {
    CompleteMultipartUpload: 'PutObject',
    CopyObject: 'PutObject',
    CreateMultipartUpload: 'PutObject',
    DeleteBucketCors: 'PutBucketCORS',
    DeleteBucketEncryption: 'PutEncryptionConfiguration',
    DeleteBucketLifecycle: 'PutLifecycleConfiguration',
    DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
    DeleteBucketReplication: 'PutReplicationConfiguration',
    DeleteBucketTagging: 'PutBucketTagging',
    DeleteObjects: 'DeleteObject',
    DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
    GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
    GetBucketCors: 'GetBucketCORS',
    GetBucketEncryption: 'GetEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    GetBucketNotificationConfiguration: 'GetBucketNotification',
    GetBucketReplication: 'GetReplicationConfiguration',
    GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    HeadBucket: 'ListBucket',
    HeadObject: 'GetObject',
    ListBuckets: 'ListAllMyBuckets',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    ListObjectVersions: 'ListBucketVersions',
    PutBucketCors: 'PutBucketCORS',
    PutBucketEncryption: 'PutEncryptionConfiguration',
    PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
    PutBucketReplication: 'PutReplicationConfiguration',
    PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    UploadPart: 'PutObject',
    UploadPartCopy: 'PutObject',
  },
  sns: { PublishBatch: 'Publish' },
  sqs: {
    ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
    DeleteMessageBatch: 'DeleteMessage',
    SendMessageBatch: 'SendMessage',
  },
};

/** @param service what its requests are signed with */
export function actionOf(service: string, operation: string): string {
  return `${PREFIXES[service] ?? service}:${RENAMED[service]?.[operation] ?? operation}`;
}

/** Members of inputs that hand a role over, at whatever depth they are, by the service that is to act with it. */
const PASSED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  backup: [['IamRoleArn'], ['BackupSelection', 'IamRoleArn'], ['RestoreTestingSelection', 'IamRoleArn']],
  'backup-search': [['RoleArn']],
  cloudformation: [['RoleARN']],
  config: [['ConfigurationRecorder', 'roleARN']],
  lambda: [['Role']],
  states: [['roleArn']],
};

/** Source B12, IAM user guide (`iam:PassedToService`): whoever hands a role to a service has to be allowed to. */
export function passedRoles(service: string, input: object): { readonly role: string; readonly to: string }[] {
  return (PASSED[service] ?? []).flatMap((path) => {
    const role = path.reduce<unknown>((at, member) => (at as Record<string, unknown> | undefined)?.[member], input);
    return typeof role === 'string' ? [{ role, to: `${service}.amazonaws.com` }] : [];
  });
}
