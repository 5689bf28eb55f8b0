/**
 * What services merely keep: parameters and documents of Systems Manager, rules and recorders of AWS Config, budgets, dashboards.
 *
 * Pure: changes nothing but the World it is given. Their properties have the names of the API's own members.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { Budget, NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import type { ConfigRule, RecordingGroup, RecordingMode } from '@aws-sdk/client-config-service';
import type { DocumentFormat, DocumentType, ParameterType } from '@aws-sdk/client-ssm';
import { given } from '../operations/backup/shapes';
import { createBudget } from '../operations/budgets/create-budget';
import { deleteBudget } from '../operations/budgets/delete-budget';
import { updateBudget } from '../operations/budgets/update-budget';
import { deleteDashboards } from '../operations/cloudwatch/delete-dashboards';
import { putDashboard } from '../operations/cloudwatch/put-dashboard';
import { deleteConfigRule } from '../operations/config/delete-config-rule';
import { deleteConfigurationRecorder } from '../operations/config/delete-configuration-recorder';
import { deleteDeliveryChannel } from '../operations/config/delete-delivery-channel';
import { putConfigRule } from '../operations/config/put-config-rule';
import { putConfigurationRecorder } from '../operations/config/put-configuration-recorder';
import { putDeliveryChannel } from '../operations/config/put-delivery-channel';
import { createDocument } from '../operations/ssm/create-document';
import { deleteDocument } from '../operations/ssm/delete-document';
import { deleteParameter } from '../operations/ssm/delete-parameter';
import { putParameter } from '../operations/ssm/put-parameter';
import { Made, ResourceHandler, Wanted } from './handler';

export const KEPT: Readonly<Record<string, ResourceHandler>> = {
  'AWS::SSM::Parameter': {
    replacedBy: ['Name'],
    create: (wanted) =>
      parameter(wanted, wanted.properties.member('Name').text() ?? `CFN-${wanted.generated()}`, false),
    update: (wanted, { made }) => parameter(wanted, made.physicalId, true),
    delete: ({ state, env, made }) => {
      deleteParameter(state, env, { Name: made.physicalId });
    },
  },
  'AWS::SSM::Document': {
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const Name = properties.member('Name').text() ?? wanted.generated();
      const Content = properties.member('Content').json();
      const input = given({
        Name,
        Content: typeof Content === 'string' ? Content : JSON.stringify(Content),
        DocumentType: properties.member('DocumentType').text() as DocumentType | undefined,
        DocumentFormat: properties.member('DocumentFormat').text() as DocumentFormat | undefined,
        TargetType: properties.member('TargetType').text(),
        VersionName: properties.member('VersionName').text(),
        Tags: tagsOf(wanted),
      });
      createDocument(state, env, input);
      return { physicalId: Name, attributes: {} };
    },
    delete: ({ state, env, made }) => {
      deleteDocument(state, env, { Name: made.physicalId });
    },
  },
  'AWS::Config::ConfigRule': {
    replacedBy: ['ConfigRuleName'],
    create: (wanted) => configRule(wanted, wanted.properties.member('ConfigRuleName').text() ?? wanted.generated()),
    update: (wanted, { made }) => configRule(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      deleteConfigRule(state, env, { ConfigRuleName: made.physicalId });
    },
  },
  'AWS::Config::ConfigurationRecorder': {
    replacedBy: ['Name'],
    create: (wanted) => recorder(wanted, wanted.properties.member('Name').text() ?? wanted.generated()),
    update: (wanted, { made }) => recorder(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      deleteConfigurationRecorder(state, env, { ConfigurationRecorderName: made.physicalId });
    },
  },
  'AWS::Config::DeliveryChannel': {
    replacedBy: ['Name'],
    create: (wanted) => channel(wanted, wanted.properties.member('Name').text() ?? wanted.generated()),
    update: (wanted, { made }) => channel(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      deleteDeliveryChannel(state, env, { DeliveryChannelName: made.physicalId });
    },
  },
  'AWS::Budgets::Budget': {
    replacedBy: ['NotificationsWithSubscribers'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const declared = budgetOf(wanted);
      const notifications = properties.member('NotificationsWithSubscribers').json();
      createBudget(state, env, {
        AccountId: env.account,
        Budget: declared,
        NotificationsWithSubscribers: (notifications ?? []) as NotificationWithSubscribers[],
      });
      return { physicalId: String(declared.BudgetName), attributes: { Id: declared.BudgetName } };
    },
    update: (wanted, { state, env, made }) => {
      updateBudget(state, env, {
        AccountId: env.account,
        NewBudget: { ...budgetOf(wanted), BudgetName: made.physicalId },
      });
      return made;
    },
    delete: ({ state, env, made }) => {
      deleteBudget(state, env, { AccountId: env.account, BudgetName: made.physicalId });
    },
  },
  'AWS::CloudWatch::Dashboard': {
    replacedBy: ['DashboardName'],
    create: (wanted) => dashboard(wanted, wanted.properties.member('DashboardName').text() ?? wanted.generated()),
    update: (wanted, { made }) => dashboard(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      deleteDashboards(state, env, { DashboardNames: [made.physicalId] });
    },
  },
};

function parameter(wanted: Wanted, Name: string, Overwrite: boolean): Made {
  const { state, env, properties } = wanted;
  const [Type, Value] = [properties.member('Type').requiredText(), properties.member('Value').requiredText()];
  const input = given({
    Name,
    Value,
    Type: Type as ParameterType,
    Description: properties.member('Description').text(),
    AllowedPattern: properties.member('AllowedPattern').text(),
    Tier: properties.member('Tier').text() as 'Standard' | undefined,
    DataType: properties.member('DataType').text(),
    Overwrite,
    Tags: Overwrite ? undefined : tagsOf(wanted),
  });
  putParameter(state, env, input);
  return { physicalId: Name, attributes: { Type, Value } };
}

function configRule(wanted: Wanted, ConfigRuleName: string): Made {
  const { state, env, wish } = wanted;
  const { Compliance: _compliance, EvaluationModes, ...declared } = wish.properties;
  const InputParameters = declared['InputParameters'];
  const rule = given({
    ...declared,
    ConfigRuleName,
    EvaluationModes,
    InputParameters: typeof InputParameters === 'object' ? JSON.stringify(InputParameters) : InputParameters,
  });
  putConfigRule(state, env, { ConfigRule: rule as unknown as ConfigRule });
  const made = state.services.config.rules.tryFind(env, ConfigRuleName);
  return {
    physicalId: ConfigRuleName,
    attributes: { Arn: made?.arn, ConfigRuleId: made?.id, 'Compliance.Type': 'INSUFFICIENT_DATA' },
  };
}

function recorder(wanted: Wanted, name: string): Made {
  const { state, env, properties } = wanted;
  const group = properties.member('RecordingGroup').json();
  const mode = properties.member('RecordingMode').json();
  putConfigurationRecorder(state, env, {
    ConfigurationRecorder: given({
      name,
      roleARN: properties.member('RoleARN').requiredText(),
      recordingGroup: lowered(group) as RecordingGroup | undefined,
      recordingMode: lowered(mode) as RecordingMode | undefined,
    }),
  });
  const made = state.services.config.recorders.tryFind(env, name);
  return { physicalId: name, attributes: { ResourceARN: made?.arn, Id: made?.arn.split('/').at(-1) } };
}

function channel(wanted: Wanted, name: string): Made {
  const { state, env, properties } = wanted;
  const frequency = properties.member('ConfigSnapshotDeliveryProperties').member('DeliveryFrequency').text();
  putDeliveryChannel(state, env, {
    DeliveryChannel: given({
      name,
      s3BucketName: properties.member('S3BucketName').text(),
      s3KeyPrefix: properties.member('S3KeyPrefix').text(),
      s3KmsKeyArn: properties.member('S3KmsKeyArn').text(),
      snsTopicARN: properties.member('SnsTopicARN').text(),
      configSnapshotDeliveryProperties:
        frequency === undefined ? undefined : { deliveryFrequency: frequency as 'One_Hour' },
    }),
  });
  return { physicalId: name, attributes: {} };
}

function budgetOf(wanted: Wanted): Budget {
  const declared = wanted.properties.member('Budget').json() as Budget;
  return { ...declared, BudgetName: declared.BudgetName ?? wanted.generated() };
}

function dashboard({ state, env, properties }: Wanted, DashboardName: string): Made {
  putDashboard(state, env, { DashboardName, DashboardBody: properties.member('DashboardBody').requiredText() });
  return { physicalId: DashboardName, attributes: {} };
}

/** The API of AWS Config begins its members with a small letter. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowered);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), lowered(inner)]),
  );
}

function tagsOf(wanted: Wanted): { Key: string; Value: string }[] | undefined {
  const list = Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? undefined : list;
}
