/**
 * Whether whoever acts for a stack may do what a resource needs: the caller, or the role that the stack was given.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "CloudFormation service role": the role's permissions if there is one, which all further
 *          operations upon the stack use; else those of the caller's session.
 * Assumed  One call stands for each move of a resource, the one that its type is named after; what else a handler reads or tags is
 *          not asked.
 */
import type { Properties, Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { own } from '../kernel/own';
import { authorize } from '../operations/authorize';
import type { Caller } from '../operations/caller';
import { isCustom } from './custom-resources';

export type Move = 'Create' | 'Delete' | 'Update';

/** What the requests of a service are signed with, where that is not its name in small letters. */
const SIGNED: Readonly<Record<string, string>> = {
  CloudWatch: 'monitoring',
  DocDB: 'rds',
  EFS: 'elasticfilesystem',
  Neptune: 'rds',
  StepFunctions: 'states',
};

/** Calls of types that are not `Create…`, `Update…` and `Delete…` with the type's name. */
const CALLS: Readonly<Record<string, readonly [create: string, update: string, remove: string]>> = {
  'Backup::BackupVault': ['CreateBackupVault', 'PutBackupVaultAccessPolicy', 'DeleteBackupVault'],
  'Backup::LogicallyAirGappedBackupVault': [
    'CreateLogicallyAirGappedBackupVault',
    'PutBackupVaultAccessPolicy',
    'DeleteBackupVault',
  ],
  'CloudWatch::Alarm': ['PutMetricAlarm', 'PutMetricAlarm', 'DeleteAlarms'],
  'CloudWatch::CompositeAlarm': ['PutCompositeAlarm', 'PutCompositeAlarm', 'DeleteAlarms'],
  'CloudWatch::Dashboard': ['PutDashboard', 'PutDashboard', 'DeleteDashboards'],
  'Config::ConfigRule': ['PutConfigRule', 'PutConfigRule', 'DeleteConfigRule'],
  'Config::ConfigurationRecorder': [
    'PutConfigurationRecorder',
    'PutConfigurationRecorder',
    'DeleteConfigurationRecorder',
  ],
  'Config::ConformancePack': ['PutConformancePack', 'PutConformancePack', 'DeleteConformancePack'],
  'Config::DeliveryChannel': ['PutDeliveryChannel', 'PutDeliveryChannel', 'DeleteDeliveryChannel'],
  'DynamoDB::GlobalTable': ['CreateTable', 'UpdateTable', 'DeleteTable'],
  'EC2::EIP': ['AllocateAddress', 'CreateTags', 'ReleaseAddress'],
  'EC2::Instance': ['RunInstances', 'ModifyInstanceAttribute', 'TerminateInstances'],
  'EC2::InternetGateway': ['CreateInternetGateway', 'CreateTags', 'DeleteInternetGateway'],
  'EC2::NatGateway': ['CreateNatGateway', 'CreateTags', 'DeleteNatGateway'],
  'EC2::Route': ['CreateRoute', 'ReplaceRoute', 'DeleteRoute'],
  'EC2::RouteTable': ['CreateRouteTable', 'CreateTags', 'DeleteRouteTable'],
  'EC2::SecurityGroup': ['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'DeleteSecurityGroup'],
  'EC2::SecurityGroupEgress': [
    'AuthorizeSecurityGroupEgress',
    'UpdateSecurityGroupRuleDescriptionsEgress',
    'RevokeSecurityGroupEgress',
  ],
  'EC2::SecurityGroupIngress': [
    'AuthorizeSecurityGroupIngress',
    'UpdateSecurityGroupRuleDescriptionsIngress',
    'RevokeSecurityGroupIngress',
  ],
  'EC2::Subnet': ['CreateSubnet', 'ModifySubnetAttribute', 'DeleteSubnet'],
  'EC2::SubnetRouteTableAssociation': ['AssociateRouteTable', 'ReplaceRouteTableAssociation', 'DisassociateRouteTable'],
  'EC2::VPC': ['CreateVpc', 'ModifyVpcAttribute', 'DeleteVpc'],
  'EC2::VPCGatewayAttachment': ['AttachInternetGateway', 'AttachInternetGateway', 'DetachInternetGateway'],
  'EC2::Volume': ['CreateVolume', 'ModifyVolume', 'DeleteVolume'],
  'EFS::AccessPoint': ['CreateAccessPoint', 'TagResource', 'DeleteAccessPoint'],
  'EFS::MountTarget': ['CreateMountTarget', 'ModifyMountTargetSecurityGroups', 'DeleteMountTarget'],
  'Events::EventBusPolicy': ['PutPermission', 'PutPermission', 'RemovePermission'],
  'Events::Rule': ['PutRule', 'PutRule', 'DeleteRule'],
  'IAM::InstanceProfile': ['CreateInstanceProfile', 'AddRoleToInstanceProfile', 'DeleteInstanceProfile'],
  'IAM::ManagedPolicy': ['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy'],
  'IAM::RolePolicy': ['PutRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy'],
  'IAM::UserPolicy': ['PutUserPolicy', 'PutUserPolicy', 'DeleteUserPolicy'],
  'IAM::GroupPolicy': ['PutGroupPolicy', 'PutGroupPolicy', 'DeleteGroupPolicy'],
  'IAM::UserToGroupAddition': ['AddUserToGroup', 'AddUserToGroup', 'RemoveUserFromGroup'],
  'KMS::Key': ['CreateKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  'KMS::ReplicaKey': ['ReplicateKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  'Lambda::EventInvokeConfig': [
    'PutFunctionEventInvokeConfig',
    'PutFunctionEventInvokeConfig',
    'DeleteFunctionEventInvokeConfig',
  ],
  'Lambda::Function': ['CreateFunction', 'UpdateFunctionConfiguration', 'DeleteFunction'],
  'Lambda::Permission': ['AddPermission', 'AddPermission', 'RemovePermission'],
  'Logs::LogGroup': ['CreateLogGroup', 'PutRetentionPolicy', 'DeleteLogGroup'],
  'Logs::ResourcePolicy': ['PutResourcePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy'],
  'RDS::DBCluster': ['CreateDBCluster', 'ModifyDBCluster', 'DeleteDBCluster'],
  'RDS::DBInstance': ['CreateDBInstance', 'ModifyDBInstance', 'DeleteDBInstance'],
  'RDS::DBSubnetGroup': ['CreateDBSubnetGroup', 'ModifyDBSubnetGroup', 'DeleteDBSubnetGroup'],
  'S3::Bucket': ['CreateBucket', 'PutBucketTagging', 'DeleteBucket'],
  'S3::BucketPolicy': ['PutBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy'],
  'SNS::Subscription': ['Subscribe', 'SetSubscriptionAttributes', 'Unsubscribe'],
  'SNS::Topic': ['CreateTopic', 'SetTopicAttributes', 'DeleteTopic'],
  'SNS::TopicPolicy': ['SetTopicAttributes', 'SetTopicAttributes', 'SetTopicAttributes'],
  'SQS::Queue': ['CreateQueue', 'SetQueueAttributes', 'DeleteQueue'],
  'SQS::QueuePolicy': ['SetQueueAttributes', 'SetQueueAttributes', 'SetQueueAttributes'],
  'SSM::Parameter': ['PutParameter', 'PutParameter', 'DeleteParameter'],
  'SecretsManager::ResourcePolicy': ['PutResourcePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy'],
  'SecretsManager::SecretTargetAttachment': ['PutSecretValue', 'PutSecretValue', 'PutSecretValue'],
};

/** Members that hold the physical id in calls about what is there. */
const IDS: Readonly<Record<string, string>> = {
  'Backup::BackupPlan': 'BackupPlanId',
  'Backup::BackupVault': 'BackupVaultName',
  'Backup::LogicallyAirGappedBackupVault': 'BackupVaultName',
  'IAM::Group': 'GroupName',
  'IAM::ManagedPolicy': 'PolicyArn',
  'IAM::Role': 'RoleName',
  'IAM::User': 'UserName',
  'KMS::Key': 'KeyId',
  'SNS::Topic': 'TopicArn',
  'SQS::Queue': 'QueueUrl',
  'SecretsManager::Secret': 'SecretId',
};

/** Resources that no service is called for; stacks within a stack have resources of their own. */
const FREE = /^AWS::(CDK|CloudFormation)::/;

/** Who acts for a stack when somebody calls: the role that it has, or else the caller. */
export function authorityOf(caller: Caller, roleArn: string | undefined): Caller | undefined {
  if (caller.principalArn === undefined) {
    return undefined;
  }
  const { partition, account, region } = caller;
  return roleArn === undefined ? caller : { partition, account, region, principalArn: roleArn };
}

/** @throws AwsFault AccessDeniedException when the stack may not make a move, in a World whose policies decide */
export function authorizeMove(
  state: WorldState,
  stack: Stack,
  move: Move,
  {
    type,
    properties,
    physicalId,
  }: { readonly type: string; readonly properties: Properties; readonly physicalId?: string | undefined },
): void {
  const { authority } = stack;
  if (authority === undefined) {
    return;
  }
  if (isCustom(type)) {
    const token = String(properties['ServiceToken']);
    const topic = /^arn:[^:]*:sns:/.test(token);
    authorize(state, authority, topic ? 'sns' : 'lambda', topic ? 'Publish' : 'Invoke', {
      [topic ? 'TopicArn' : 'FunctionName']: token,
    });
    return;
  }
  if (FREE.test(type)) {
    return;
  }
  const [, service = '', thing = ''] = type.split('::');
  const name =
    type === 'AWS::IAM::Policy' ? `IAM::${holderOf(properties)?.kind ?? 'Role'}Policy` : `${service}::${thing}`;
  const calls = own(CALLS, name) ?? [`Create${thing}`, `Update${thing}`, `Delete${thing}`];
  const operation = { Create: calls[0], Update: calls[1], Delete: calls[2] }[move];
  const id = own(IDS, name);
  const input = {
    ...properties,
    ...(id !== undefined && physicalId !== undefined && { [id]: physicalId }),
    ...(type === 'AWS::IAM::Policy' && holderOf(properties)?.named),
  };
  authorize(state, authority, own(SIGNED, service) ?? service.toLowerCase(), operation, input);
}

/** A policy of several roles, users or groups is taken to be about the first. */
function holderOf(properties: Properties): { readonly kind: string; readonly named: Properties } | undefined {
  for (const kind of ['Role', 'User', 'Group']) {
    const names = properties[`${kind}s`];
    if (Array.isArray(names) && names.length > 0) {
      return { kind, named: { [`${kind}Name`]: names[0] as unknown } };
    }
  }
  return undefined;
}
