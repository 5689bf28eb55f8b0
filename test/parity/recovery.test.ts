// What lib and provider render of restore tests and recovery is the same, but for how each refers to what it makes.
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import {
  RestoreMetadata,
  RestoreTestingAlgorithm,
  RestoreTestingResourceType,
  Schedule,
  WeekDay,
} from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { stackOf as cdkStack } from '../lib/support/stacks';
import { only, stackOf as cdktfStack } from '../provider/support/stacks';

const ROLE = 'arn:aws:iam::111122223333:role/restore';
const VALIDATOR = 'arn:aws:lambda:eu-central-1:111122223333:function:validate';

/** The properties of the only resource of a type. */
function onlyOf(stack: Stack, type: string): Record<string, unknown> {
  const found = Object.values(Template.fromStack(stack).findResources(type));
  expect(found).toHaveLength(1);
  return (found[0] as { Properties: Record<string, unknown> }).Properties;
}

/** A document without references, which each framework writes in its way. */
function withoutReferences(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) => {
    const isReference = typeof value === 'object' && value !== null && ('Fn::GetAtt' in value || 'Ref' in value);
    const isExpression = typeof value === 'string' && /^\$\{[^}]*\}$/.test(value);
    return isReference || isExpression ? '<reference>' : value;
  });
}

test.each(RestoreMetadata.resourceTypes())('runbooks of %s are the same document', (resourceType) => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const restoreRole = iam.Role.fromRoleArn(ours, 'Role', ROLE);
  new cdk.RestoreRunbook(ours, 'Restore', { resourceType, restoreRole, timeout: Duration.hours(48) });
  new cdktf.RestoreRunbook(theirs, 'Restore', { resourceType, restoreRoleArn: ROLE, timeoutHours: 48 });
  const document = withoutReferences(onlyOf(ours, 'AWS::SSM::Document').Content);
  expect(withoutReferences(JSON.parse(String(only(theirs, 'aws_ssm_document').content)))).toEqual(document);
});

test('plans of restore tests are the same', () => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const common = {
    restoreTestingPlanName: 'tests',
    schedule: Schedule.weekly({ weekDays: [WeekDay.SATURDAY], timeZone: 'Europe/Berlin' }),
    algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
  };
  const volumes = { restoreTestingSelectionName: 'volumes' };
  new cdk.RestoreTestingPlan(ours, 'Tests', common).addSelection('Volumes', {
    ...volumes,
    resources: cdk.RestoreTestingResources.all(RestoreTestingResourceType.EBS),
  });
  new cdktf.RestoreTestingPlan(theirs, 'Tests', common).addSelection('Volumes', {
    ...volumes,
    resources: cdktf.RestoreTestingResources.all(RestoreTestingResourceType.EBS),
  });
  const plan = onlyOf(ours, 'AWS::Backup::RestoreTestingPlan');
  const points = plan.RecoveryPointSelection as Record<string, unknown>;
  expect(only(theirs, 'aws_backup_restore_testing_plan')).toEqual({
    name: plan.RestoreTestingPlanName,
    schedule_expression: plan.ScheduleExpression,
    schedule_expression_timezone: plan.ScheduleExpressionTimezone,
    start_window_hours: plan.StartWindowHours,
    recovery_point_selection: [
      {
        algorithm: points.Algorithm,
        recovery_point_types: points.RecoveryPointTypes,
        include_vaults: points.IncludeVaults,
        exclude_vaults: points.ExcludeVaults ?? [],
        selection_window_days: points.SelectionWindowDays,
      },
    ],
  });
  const selection = onlyOf(ours, 'AWS::Backup::RestoreTestingSelection');
  const theirSelection = only(theirs, 'aws_backup_restore_testing_selection');
  expect(theirSelection.validation_window_hours).toBe(selection.ValidationWindowHours);
  expect(theirSelection).toMatchObject({
    name: selection.RestoreTestingSelectionName,
    protected_resource_type: selection.ProtectedResourceType,
    protected_resource_arns: selection.ProtectedResourceArns,
    restore_metadata_overrides: selection.RestoreMetadataOverrides ?? {},
  });
});

test('validations are the same state machine and wait for the same events', () => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const resourceTypes = [RestoreTestingResourceType.DYNAMODB];
  const validator = lambda.Function.fromFunctionArn(ours, 'Validator', VALIDATOR);
  new cdk.RestoreTestingPlan(ours, 'Tests', { restoreTestingPlanName: 'tests' }).addValidation('Check', {
    validator,
    resourceTypes,
  });
  new cdktf.RestoreTestingPlan(theirs, 'Tests', { restoreTestingPlanName: 'tests' }).addValidation('Check', {
    validatorFunctionArn: VALIDATOR,
    resourceTypes,
  });
  const machine = onlyOf(ours, 'AWS::StepFunctions::StateMachine');
  const definition = JSON.stringify(machine.Definition).replace(/\$\{Validator\}/g, VALIDATOR);
  const { definition: text } = only(theirs, 'aws_sfn_state_machine');
  expect(withoutReferences(JSON.parse(String(text)))).toEqual(withoutReferences(JSON.parse(definition)));
  const pattern = withoutReferences(onlyOf(ours, 'AWS::Events::Rule').EventPattern);
  const { event_pattern: ofRule } = only(theirs, 'aws_cloudwatch_event_rule');
  expect(withoutReferences(JSON.parse(String(ofRule)))).toEqual(pattern);
});
