import { DeployRefusal } from '../../../engine/src/ingest/deploy-call';
import { World } from '../../../engine/src/testing/world';
import { ENV, read } from './read';

const ROLE = 'arn:aws:iam::123456789012:role/restore';
const PLAN = {
  Type: 'AWS::Backup::RestoreTestingPlan',
  Properties: {
    RestoreTestingPlanName: 'drill',
    ScheduleExpression: 'cron(0 12 ? * * *)',
    RecoveryPointSelection: {
      Algorithm: 'LATEST_WITHIN_WINDOW',
      RecoveryPointTypes: ['SNAPSHOT'],
      IncludeVaults: ['*'],
    },
    Tags: [{ Key: 'team', Value: 'a' }],
  },
};
const SELECTION = {
  Type: 'AWS::Backup::RestoreTestingSelection',
  Properties: {
    RestoreTestingPlanName: { Ref: 'Plan' },
    RestoreTestingSelectionName: 'tables',
    ProtectedResourceType: 'DynamoDB',
    IamRoleArn: ROLE,
    ProtectedResourceConditions: { StringNotEquals: [{ Key: 'aws:ResourceTag/tier', Value: 'tin' }] },
    RestoreMetadataOverrides: { encryptionType: 'KMS' },
    ValidationWindowHours: '3',
  },
};
const CONFIGURATION = {
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_backup_restore_testing_plan: {
      plan: {
        name: 'drill',
        schedule_expression: 'cron(0 12 ? * * *)',
        recovery_point_selection: {
          algorithm: 'LATEST_WITHIN_WINDOW',
          recovery_point_types: ['SNAPSHOT'],
          include_vaults: ['*'],
          exclude_vaults: [],
        },
        tags: { team: 'a' },
      },
    },
    aws_backup_restore_testing_selection: {
      tables: {
        name: 'tables',
        restore_testing_plan_name: '${aws_backup_restore_testing_plan.plan.name}',
        protected_resource_type: 'DynamoDB',
        iam_role_arn: ROLE,
        protected_resource_conditions: { string_not_equals: [{ key: 'aws:ResourceTag/tier', value: 'tin' }] },
        restore_metadata_overrides: { encryptionType: 'KMS' },
        validation_window_hours: 3,
      },
    },
  },
};

function template(resources: object): ReturnType<typeof read> {
  return read({ 't.json': { Resources: resources } });
}

test('plans and selections that are declared apart are one declaration in both forms', () => {
  const [stack, configuration] = [template({ Plan: PLAN, Tables: SELECTION }), read({ 'cdk.tf.json': CONFIGURATION })];
  expect([stack.notRead, configuration.notRead]).toEqual([[], []]);
  const bare = (estate: object) =>
    JSON.parse(JSON.stringify(estate), (key, value: unknown) => (key === 'declaredAt' ? undefined : value)) as unknown;
  expect(bare(stack.estate)).toEqual(bare(configuration.estate));
  expect(bare(stack.estate)).toEqual({
    restoreTestingPlans: [
      {
        restoreTestingPlanName: 'drill',
        env: ENV,
        scheduleExpression: 'cron(0 12 ? * * *)',
        recoveryPointSelection: {
          algorithm: 'LATEST_WITHIN_WINDOW',
          recoveryPointTypes: ['SNAPSHOT'],
          includeVaults: ['*'],
        },
        selections: [
          {
            restoreTestingSelectionName: 'tables',
            protectedResourceType: 'DynamoDB',
            iamRoleArn: ROLE,
            protectedResourceConditions: { stringNotEquals: [{ key: 'aws:ResourceTag/tier', value: 'tin' }] },
            restoreMetadataOverrides: { encryptionType: 'KMS' },
            validationWindowHours: 3,
          },
        ],
        tags: { team: 'a' },
      },
    ],
  });
});

const LATER = { 'Fn::ImportValue': 'x' };

// prettier-ignore
test.each<[string, object, string, string]>([
  ['a schedule that is not known',    { Plan: with_(PLAN, { ScheduleExpression: LATER }) },                        't.json: Plan',   'what it says is known only after deployment'],
  ['a selection without its plan',    { Tables: with_(SELECTION, { RestoreTestingPlanName: 'other' }) },           't.json: Tables', 'the restore testing plan that it names is not among the artifacts'],
])('%s is listed as not read', (_, resources, path, reason) => {
  expect(template(resources).notRead).toMatchObject([{ path, reason }]);
});

test('a property that its type does not have is none of the plan', () => {
  const { strangers } = template({ Plan: with_(PLAN, { Colour: 'red' }) });
  expect(strangers).toEqual([{ path: 't.json: Plan.Colour', type: 'AWS::Backup::RestoreTestingPlan', name: 'Colour' }]);
});

test('what Terraform does not know is listed as not read', () => {
  const unknown = structuredClone(CONFIGURATION);
  unknown.resource.aws_backup_restore_testing_selection.tables.iam_role_arn = '${aws_thing.x.arn}';
  const { estate, notRead } = read({
    'cdk.tf.json': { ...unknown, resource: { ...unknown.resource, aws_thing: { x: {} } } },
  });
  expect(estate.restoreTestingPlans?.map(({ selections }) => selections)).toEqual([undefined]);
  expect(notRead.map(({ path, reason }) => `${path} ${reason}`)).toContain(
    'cdk.tf.json: aws_backup_restore_testing_selection.tables what it says is known only after deployment',
  );
});

test('the rules hold for plans in artifacts, and AWS refuses what they refuse', async () => {
  const wrong = { Plan: with_(PLAN, { StartWindowHours: 169 }), Tables: SELECTION };
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' });
  const refusal = await world.deploy({ Resources: wrong }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DeployRefusal);
  expect((refusal as DeployRefusal).message).toContain(
    'CreateRestoreTestingPlan answers InvalidParameterValueException',
  );
  const { findings } = await new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' }).deploy({
    Resources: { Plan: PLAN },
  });
  expect(findings.map(({ rule, path }) => [rule, path])).toEqual([
    ['restore-testing-plan-no-selection', 'template.json: Plan.selections'],
  ]);
});

function with_(resource: { readonly Type: string; readonly Properties: object }, more: object): object {
  return { ...resource, Properties: { ...resource.Properties, ...more } };
}
