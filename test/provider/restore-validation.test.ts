import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  RestoreTestingPlan,
  RestoreTestingResources,
  RestoreValidation,
  RestoreValidationOptions,
} from '@holdfast/cdktf';
import { RestoreTestingResourceType, RestoreValidations } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { synthCdktf } from '../support/synth';
import { RESTORE_VALIDATION } from '../../provider/src/private/lambda-code/restore-validation';
import {
  addresses,
  all,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const VALIDATOR = 'arn:aws:lambda:eu-central-1:111122223333:function:validate';
const SFN = 'aws_sfn_state_machine';

function validation(stack: TerraformStack, options: Partial<RestoreValidationOptions> = {}): RestoreValidation {
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  plan.addSelection('Tables', {
    restoreTestingSelectionName: 'tables',
    resources: RestoreTestingResources.all(RestoreTestingResourceType.DYNAMODB),
    validationWindowHours: 8,
  });
  return plan.addValidation('Check', { validatorFunctionArn: VALIDATOR, ...options });
}

/** Statements of the policies whose name begins with this. */
function statements(stack: TerraformStack, id: string): unknown[] {
  const named = Object.entries(
    (stack.toTerraform() as { resource: Record<string, Record<string, { policy: string }>> }).resource.aws_iam_policy!,
  );
  return named
    .filter(([name]) => name.startsWith(id))
    .flatMap(([, { policy }]) => (JSON.parse(policy) as { Statement: unknown[] }).Statement);
}

test('begins with completed restores of its plan', () => {
  const stack = stackOf();
  const made = validation(stack);
  const rule = only(stack, 'aws_cloudwatch_event_rule');
  expect(rule.description).toBe('Restore tests that completed and are to be validated');
  expect(JSON.parse(String(rule.event_pattern))).toEqual(
    RestoreValidations.eventPattern('${aws_backup_restore_testing_plan.Tests_ADECCFD5.arn}'),
  );
  expect(only(stack, 'aws_cloudwatch_event_target')).toEqual({
    rule: resolve(stack, made.eventRule.name),
    target_id: 'Validation',
    arn: resolve(stack, made.stateMachineArn),
    role_arn: expect.stringContaining('aws_iam_role.Tests_Check_EventsRole'),
    dead_letter_config: { arn: resolve(stack, made.deadLetterQueue.arn) },
    retry_policy: { maximum_event_age_in_seconds: 86400, maximum_retry_attempts: 185 },
    depends_on: [
      expect.stringContaining('EventsPolicyAttachment'),
      expect.stringContaining('aws_sqs_queue_policy.Tests_Check'),
    ],
  });
});

test('runs the state machine of the model', () => {
  const stack = stackOf();
  validation(stack);
  const { definition, depends_on: waits } = only(stack, SFN);
  const glueFunctionArn = '${aws_lambda_function.Tests_Check_Glue_Function_X.arn}';
  const expected = RestoreValidations.stateMachine({ glueFunctionArn, validatorFunctionArn: VALIDATOR });
  const text = String(definition).replace(/Glue_Function_\w{8}/g, 'Glue_Function_X');
  expect(JSON.parse(text)).toEqual(expected);
  expect(waits).toHaveLength(1);
});

test('is for the resource types and at the pace that it is told', () => {
  const stack = stackOf();
  validation(stack, { resourceTypes: [RestoreTestingResourceType.DYNAMODB], retryIntervalMinutes: 30 });
  const pattern = JSON.parse(String(only(stack, 'aws_cloudwatch_event_rule').event_pattern));
  expect(pattern.detail.resourceType).toEqual(['DynamoDB']);
  expect(JSON.parse(String(only(stack, SFN).definition)).States.Wait.Seconds).toBe(1800);
});

test('leaves to Terraform what it alone knows', () => {
  const stack = stackOf();
  const { number, text } = variables(stack);
  validation(stack, { validatorFunctionArn: text('validator'), retryIntervalMinutes: number('minutes') });
  const definition = String(only(stack, SFN).definition);
  expect(definition).toContain('"Seconds":${(var.minutes * 60)}');
  expect(definition).toContain('"Resource":"${var.validator}"');
});

test('may do what it needs, and no more', () => {
  const stack = stackOf();
  const made = validation(stack);
  expect(statements(stack, 'Tests_Check_Glue_Policy')).toEqual([
    {
      Effect: 'Allow',
      Action: ['backup:DescribeRestoreJob', 'backup:GetRestoreJobMetadata', 'backup:PutRestoreValidationResult'],
      Resource: ['*'],
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/)],
    },
  ]);
  expect(statements(stack, 'Tests_Check_Policy')).toEqual([
    { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [expect.stringContaining('Glue'), VALIDATOR] },
  ]);
  expect(statements(stack, 'Tests_Check_EventsPolicy')).toEqual([
    { Effect: 'Allow', Action: ['states:StartExecution'], Resource: [resolve(stack, made.stateMachineArn)] },
  ]);
  const trusts = all(stack, 'aws_iam_role').map((role) => JSON.parse(String(role.assume_role_policy)).Statement[0]);
  const conditions = new Map(trusts.map(({ Principal, Condition }) => [Principal.Service, Condition]));
  const account = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
  expect(conditions.get('states.amazonaws.com')).toEqual(account);
  expect(conditions.get('events.amazonaws.com')).toEqual(account);
  expect(conditions.get('lambda.amazonaws.com')).toBeUndefined();
});

test('keeps events that it could not begin with, and takes them from its rule alone', () => {
  const stack = stackOf();
  const made = validation(stack);
  expect(only(stack, 'aws_sqs_queue')).toEqual({
    message_retention_seconds: 1209600,
    sqs_managed_sse_enabled: true,
  });
  const [deny, allow] = JSON.parse(String(only(stack, 'aws_sqs_queue_policy').policy)).Statement;
  expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  expect(allow).toMatchObject({
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': resolve(stack, made.eventRule.arn) } },
  });
});

test('brings a function along, the same bytes for the same code', () => {
  const file = (app: string) => {
    const folder = path.join(app, 'stacks', 'S');
    const json = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8'));
    const [made] = Object.values(json.resource.aws_lambda_function) as Record<string, unknown>[];
    return { made: made!, zip: path.join(folder, String(made!.filename)) };
  };
  const declare = () =>
    file(
      synthCdktf((app) => {
        const stack = new TerraformStack(app, 'S');
        new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
        validation(stack);
      }),
    );
  const [one, two] = [declare(), declare()];
  expect(one.made).toMatchObject({
    function_name: expect.stringMatching(/^holdfast-S-Tests-Check-Glue-[0-9a-f]{8}$/),
    description: 'Prepares validations of restore tests and puts their results',
    runtime: 'nodejs22.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    timeout: 60,
    memory_size: 128,
    logging_config: { log_format: 'Text', log_group: expect.stringContaining('aws_cloudwatch_log_group.') },
  });
  const bytes = fs.readFileSync(one.zip);
  expect(one.made.source_code_hash).toBe(createHash('sha256').update(bytes).digest('base64'));
  expect(fs.readFileSync(two.zip).equals(bytes)).toBe(true);
  expect(two.made).toEqual(one.made);
  const unpacked = execFileSync('python3', [
    '-c',
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.write(z.read("index.js").decode())',
    one.zip,
  ]);
  expect(unpacked.toString()).toBe(RESTORE_VALIDATION);
});

test('keeps its log for a year', () => {
  const stack = stackOf();
  validation(stack);
  expect(only(stack, 'aws_cloudwatch_log_group')).toEqual({ name_prefix: '/holdfast/', retention_in_days: 365 });
});

test('has tags, and the provider of its plan unless it names another', () => {
  const stack = stackOf();
  const west = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-west-1' });
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests', provider: west });
  plan.addValidation('Check', { validatorFunctionArn: VALIDATOR, tags: { owner: 'platform' } });
  const made = [SFN, 'aws_sqs_queue', 'aws_cloudwatch_event_rule', 'aws_lambda_function', 'aws_cloudwatch_log_group'];
  for (const type of made) {
    expect(only(stack, type)).toMatchObject({ provider: 'aws.west', tags: { owner: 'platform' } });
  }
  for (const type of ['aws_cloudwatch_event_target', 'aws_sqs_queue_policy']) {
    expect(only(stack, type)).toMatchObject({ provider: 'aws.west' });
  }
});

test('fails for selections whose restores go before they can be validated, whichever comes first', () => {
  const resources = RestoreTestingResources.all(RestoreTestingResourceType.EBS);
  const options = { restoreTestingSelectionName: 'volumes', resources };
  const before = new RestoreTestingPlan(stackOf(), 'Tests', { restoreTestingPlanName: 'tests' });
  before.addSelection('Volumes', options);
  expect(refusal(() => before.addValidation('Check', { validatorFunctionArn: VALIDATOR }))).toContain(
    '[restore-testing-selection-no-validation-window]',
  );
  const after = new RestoreTestingPlan(stackOf(), 'Tests', { restoreTestingPlanName: 'tests' });
  after.addValidation('Check', { validatorFunctionArn: VALIDATOR });
  expect(refusal(() => after.addSelection('Volumes', options))).toBe(
    message('S/Tests/Volumes', [
      sentence('restore-testing-selection-no-validation-window', 'validationWindowHours', 'none'),
    ]),
  );
});

test('fails for a pace at which its history would overflow, unless that is waived', () => {
  expect(refusal(() => validation(stackOf(), { retryIntervalMinutes: 9 }))).toBe(
    message('S/Tests/Check', [sentence('restore-validation-retry-interval', 'retryIntervalMinutes', '9')]),
  );
  const stack = stackOf();
  const waivers = [{ rule: 'restore-validation-retry-interval', path: '*', reason: 'it never answers PENDING' }];
  validation(stack, { retryIntervalMinutes: 9, waivers });
  expect(comment(stack, SFN)).toEqual({ waivers });
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = validation(stack);
  expect(made.node.findAll().map(({ node }) => node.path.replace('S/Tests/Check', ''))).toEqual([
    '',
    '/Glue',
    '/Glue/Log',
    '/Glue/Role',
    '/Glue/Policy',
    '/Glue/PolicyAttachment',
    '/Glue/Code',
    '/Glue/Function',
    '/Role',
    '/Policy',
    '/PolicyAttachment',
    '/Resource',
    '/DeadLetters',
    '/Rule',
    '/DeadLettersPolicy',
    '/EventsRole',
    '/EventsPolicy',
    '/EventsPolicyAttachment',
    '/Target',
  ]);
  expect(addresses(stack).filter((address) => address.includes('Check'))).toEqual([
    'aws_cloudwatch_event_rule.Tests_Check_Rule_3723895B',
    'aws_cloudwatch_event_target.Tests_Check_Target_DAFB0C23',
    'aws_cloudwatch_log_group.Tests_Check_Glue_Log_C0816912',
    'aws_iam_policy.Tests_Check_EventsPolicy_14AF1972',
    'aws_iam_policy.Tests_Check_Glue_Policy_9BC7E407',
    'aws_iam_policy.Tests_Check_Policy_ABBA7541',
    'aws_iam_role.Tests_Check_EventsRole_DC3AA838',
    'aws_iam_role.Tests_Check_Glue_Role_64E35FA5',
    'aws_iam_role.Tests_Check_Role_82482250',
    'aws_iam_role_policy_attachment.Tests_Check_EventsPolicyAttachment_4D14F8E0',
    'aws_iam_role_policy_attachment.Tests_Check_Glue_PolicyAttachment_29FBA6CE',
    'aws_iam_role_policy_attachment.Tests_Check_PolicyAttachment_7D09853A',
    'aws_lambda_function.Tests_Check_Glue_Function_F122AA1B',
    'aws_sfn_state_machine.Tests_Check_6EE40F21',
    'aws_sqs_queue.Tests_Check_DeadLetters_87EE14BE',
    'aws_sqs_queue_policy.Tests_Check_DeadLettersPolicy_D9470B1C',
  ]);
});
