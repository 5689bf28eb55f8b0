import { AlertTopic, AlertTopicProps, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { stackOf } from './support/stacks';

const TOPIC = 'AWS::SNS::Topic';
const KEY = 'AWS::KMS::Key';
const POLICY = 'AWS::SNS::TopicPolicy';
const OF_ALARMS = {
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*' },
};
const OF_BUDGETS = {
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111122223333:*' },
};

function templateOf(props?: AlertTopicProps, stack: Stack = stackOf()): Template {
  new AlertTopic(stack, 'Alerts', props);
  return Template.fromStack(stack);
}

test('encrypts with a key of its own that rotates and goes with the stack', () => {
  const template = templateOf();
  template.hasResource(KEY, { DeletionPolicy: 'Delete', Properties: { EnableKeyRotation: true } });
  template.hasResourceProperties(TOPIC, { KmsMasterKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } });
});

// prettier-ignore
test.each([
  ['cloudwatch.amazonaws.com', OF_ALARMS],
  ['events.amazonaws.com',     Match.absent()],
  ['budgets.amazonaws.com',    OF_BUDGETS],
  ['backup.amazonaws.com',     Match.absent()],
])('lets %s publish, and use the key', (service, condition) => {
  const template = templateOf();
  const statement = { Effect: 'Allow', Principal: { Service: service }, Condition: condition };
  template.hasResourceProperties(POLICY, {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ ...statement, Action: 'sns:Publish', Resource: { Ref: Match.stringLikeRegexp('^Alerts') } }),
      ]),
    },
  });
  template.hasResourceProperties(KEY, {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({ ...statement, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' }),
      ]),
    },
  });
});

test('lets nobody publish in the clear', () => {
  templateOf().hasResourceProperties(POLICY, {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  });
});

test('takes a key that exists, and lets the publishers use it', () => {
  const stack = stackOf();
  const encryptionKey = new kms.Key(stack, 'Own');
  const template = templateOf({ encryptionKey }, stack);
  template.resourceCountIs(KEY, 1);
  template.hasResourceProperties(KEY, {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })]),
    },
  });
});

test('sends e-mails, has a name and tags, and keeps its key when asked to', () => {
  const template = templateOf({
    topicName: 'alerts',
    emails: ['ops@example.com', 'second@example.com'],
    removalPolicy: RemovalPolicy.RETAIN,
    tags: { owner: 'platform' },
  });
  template.hasResourceProperties(TOPIC, { TopicName: 'alerts', Tags: [{ Key: 'owner', Value: 'platform' }] });
  template.hasResource(KEY, {
    DeletionPolicy: 'Retain',
    Properties: { Tags: [{ Key: 'owner', Value: 'platform' }] },
  });
  template.resourceCountIs('AWS::SNS::Subscription', 2);
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const template = templateOf(
    { topicName: text('Name'), emails: [text('Email')], tags: { owner: text('Owner') } },
    stack,
  );
  template.hasResourceProperties(TOPIC, {
    TopicName: { Ref: 'Name' },
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
  });
});

test('is clean under cdk-nag and cfn-lint, as the topic of a vault, too', () => {
  const stack = naggedStack();
  const { topic } = new AlertTopic(stack, 'Alerts', { emails: ['ops@example.com'] });
  new Vault(stack, 'Vault', { backupVaultName: 'primary', notificationTopic: topic });
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'an alert topic')).toBe('');
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = new AlertTopic(stack, 'Alerts', { emails: ['ops@example.com'] });
  expect(made.topicArn).toBe(made.topic.topicArn);
  expect(made.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S/Alerts',
    'S/Alerts/Key',
    'S/Alerts/Key/Resource',
    'S/Alerts/Resource',
    'S/Alerts/Resource/Resource',
    'S/Alerts/Resource/Policy',
    'S/Alerts/Resource/Policy/Resource',
    'S/Alerts/Email0',
    'S/Alerts/Email0/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'AlertsKey9E1197AF',
    'AlertsE664E991',
    'AlertsPolicy1004DA22',
    'AlertsEmail09206CEA2',
  ]);
});
