import {
  IRestoreTestingPlan,
  RestoreTestingPlan,
  RestoreTestingResources,
  RestoreValidation,
  RestoreValidationOptions,
} from '@holdfast/cdk';
import { RestoreTestingResourceType } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { declareEveryRestoreTest } from './support/everything-restore-testing';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { refusal, stackOf } from './support/stacks';

const VALIDATOR = 'arn:aws:lambda:eu-central-1:111122223333:function:validate';
const SLOW = 120_000;

function planOf(stack: Stack, validationWindow: Duration | undefined = Duration.hours(8)): RestoreTestingPlan {
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  const resources = RestoreTestingResources.all(RestoreTestingResourceType.DYNAMODB);
  plan.addSelection('Tables', { restoreTestingSelectionName: 'tables', resources, validationWindow });
  return plan;
}

function validation(stack: Stack, props: Partial<RestoreValidationOptions> = {}): RestoreValidation {
  const validator = lambda.Function.fromFunctionArn(stack, 'Validator', VALIDATOR);
  return planOf(stack).addValidation('Check', { validator, ...props });
}

function templateOf(props: Partial<RestoreValidationOptions> = {}, stack: Stack = stackOf()): Template {
  validation(stack, props);
  return Template.fromStack(stack);
}

test('begins with completed restores of its plan', () => {
  const template = templateOf();
  template.hasResourceProperties('AWS::Events::Rule', {
    State: Match.absent(),
    EventPattern: {
      source: ['aws.backup'],
      'detail-type': ['Restore Job State Change'],
      detail: {
        status: ['COMPLETED'],
        restoreTestingPlanArn: [{ 'Fn::GetAtt': ['TestsADECCFD5', 'RestoreTestingPlanArn'] }],
        resourceType: Match.absent(),
      },
    },
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TestsCheck[0-9A-F]{8}$'), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 },
      }),
    ],
  });
});

test('runs the state machine of the model', () => {
  templateOf().hasResourceProperties('AWS::StepFunctions::StateMachine', {
    Definition: Match.objectLike({
      StartAt: 'Begin',
      States: Match.objectLike({ Wait: { Type: 'Wait', Seconds: 600, Next: 'Again' } }),
    }),
    DefinitionSubstitutions: {
      Glue: { 'Fn::GetAtt': [Match.stringLikeRegexp('Glue'), 'Arn'] },
      Validator: VALIDATOR,
    },
  });
});

test('is for the resource types and at the pace that it is told', () => {
  const template = templateOf({
    resourceTypes: [RestoreTestingResourceType.EBS, RestoreTestingResourceType.EFS],
    retryInterval: Duration.hours(1),
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { detail: Match.objectLike({ resourceType: ['EBS', 'EFS'] }) },
  });
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    Definition: { States: Match.objectLike({ Wait: Match.objectLike({ Seconds: 3600 }) }) },
  });
});

test('may do what it needs, and no more', () => {
  const template = templateOf();
  const policies = template.findResources('AWS::IAM::ManagedPolicy');
  const statements = Object.values(policies).flatMap(
    ({ Properties }) =>
      (Properties as { PolicyDocument: { Statement: { Action: unknown }[] } }).PolicyDocument.Statement,
  );
  expect(
    statements
      .map(({ Action }) => Action)
      .flat()
      .sort(),
  ).toEqual([
    'backup:DescribeRestoreJob',
    'backup:GetRestoreJobMetadata',
    'backup:PutRestoreValidationResult',
    'lambda:InvokeFunction',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'states:StartExecution',
  ]);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Action: 'lambda:InvokeFunction',
          Resource: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Glue'), 'Arn'] }, VALIDATOR],
        }),
      ],
    },
  });
});

test('keeps events that it could not begin with', () => {
  const template = templateOf();
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('Rule'), 'Arn'] } } },
        }),
      ]),
    },
  });
});

test('fails for selections whose restores go before they can be validated, whichever comes first', () => {
  const before = stackOf();
  const validator = lambda.Function.fromFunctionArn(before, 'Validator', VALIDATOR);
  const resources = RestoreTestingResources.all(RestoreTestingResourceType.EBS);
  const unvalidated = { restoreTestingSelectionName: 'volumes', resources };
  const plan = planOf(before);
  plan.addSelection('Volumes', unvalidated);
  expect(refusal(() => plan.addValidation('Check', { validator }))).toBe(
    [
      'S/Tests/Check: 1 value(s) that AWS Backup refuses',
      '  S/Tests/Volumes.validationWindowHours must be at least 1 hour where something validates the plan: without it the restored resource goes at once, got none [restore-testing-selection-no-validation-window] (AWS Backup facts B9.2/3, B9.3/6)',
    ].join('\n'),
  );

  const after = stackOf();
  validation(after);
  const validated = after.node.findChild('Tests') as RestoreTestingPlan;
  expect(refusal(() => validated.addSelection('Volumes', unvalidated))).toContain(
    '  validationWindowHours must be at least 1 hour',
  );
});

test('fails for a pace at which its history would overflow', () => {
  expect(refusal(() => validation(stackOf(), { retryInterval: Duration.minutes(9), resourceTypes: [] }))).toBe(
    [
      'S/Tests/Check: 2 value(s) that AWS Backup refuses',
      '  resourceTypes must be at least one of Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS and S3, got none [restore-validation-resource-type] (AWS Backup facts B9.2/1)',
      '  retryIntervalMinutes must be a whole number of minutes from 10 to 1440, with which 168 hours fit into the 25000 events of an execution, got 9 [restore-validation-retry-interval] (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html)',
    ].join('\n'),
  );
});

test('keeps a waiver in the template', () => {
  const waivers = [
    { rule: 'restore-validation-retry-interval', path: 'retryIntervalMinutes', reason: 'short windows' },
  ];
  templateOf({ retryInterval: Duration.minutes(5), waivers }).hasResource('AWS::StepFunctions::StateMachine', {
    Metadata: { Holdfast: { waivers } },
  });
});

test('takes a token for every value, and a plan of elsewhere', () => {
  const stack = new Stack(new App(), 'S');
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const restoreTestingPlan: IRestoreTestingPlan = RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack, 'Tests', {
    restoreTestingPlanName: text('Name'),
    restoreTestingPlanArn: text('Arn'),
  });
  new RestoreValidation(stack, 'Check', {
    restoreTestingPlan,
    validator: lambda.Function.fromFunctionArn(stack, 'Validator', text('Function')),
    resourceTypes: [text('ResourceType') as RestoreTestingResourceType],
    retryInterval: Duration.seconds(Token.asNumber({ Ref: 'Pace' })),
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    Definition: { States: Match.objectLike({ Wait: Match.objectLike({ Seconds: { Ref: 'Pace' } }) }) },
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      detail: Match.objectLike({ restoreTestingPlanArn: [{ Ref: 'Arn' }], resourceType: [{ Ref: 'ResourceType' }] }),
    },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = validation(stack);
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'Glue',
    'Role',
    'Policy',
    'Resource',
    'DeadLetters',
    'EventsRole',
    'EventsPolicy',
    'Rule',
  ]);
  const ids = Object.keys(Template.fromStack(stack).toJSON().Resources).filter((id) => id.startsWith('TestsCheck'));
  expect(ids).toEqual([
    'TestsCheckGlueLogB521F5A9',
    'TestsCheckGlueRoleFF5C7165',
    'TestsCheckGluePolicy7263F433',
    'TestsCheckGlueFunction8F534045',
    'TestsCheckRole87A44079',
    'TestsCheckPolicyBF8ED9E6',
    'TestsCheck6EE40F21',
    'TestsCheckDeadLetters54BE9A76',
    'TestsCheckDeadLettersPolicy3774D7C4',
    'TestsCheckEventsRoleDBCAD2D3',
    'TestsCheckEventsPolicyFFDE74B7',
    'TestsCheckRule3723895B',
  ]);
});

test(
  'is clean under cdk-nag and cfn-lint, with every property of restore testing',
  () => {
    const stack = naggedStack();
    declareEveryRestoreTest(stack);
    const app = stack.node.root as App;
    // The table is the user's.
    expect(nagFindings(app).filter((finding) => !finding.endsWith(' at S/Orders'))).toEqual([]);
    const plain = stackOf();
    declareEveryRestoreTest(plain);
    expect(cfnLint(plain.node.root as App, 'restore testing')).toBe('');
  },
  SLOW,
);
