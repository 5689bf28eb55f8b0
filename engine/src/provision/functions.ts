/**
 * AWS::Lambda::Function, Permission and EventInvokeConfig, and AWS::StepFunctions::StateMachine.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { LambdaFunction, StateMachine } from '@holdfast/model';
import type { Runtime } from '@aws-sdk/client-lambda';
import { call } from '../ingest/deploy-call';
import { deployFunction, deployStateMachine, loggingOf } from '../ingest/deploy-functions';
import { given } from '../operations/backup/shapes';
import { findFunction } from '../operations/find-function';
import { addPermission } from '../operations/lambda/add-permission';
import { deleteFunction } from '../operations/lambda/delete-function';
import { deleteFunctionEventInvokeConfig } from '../operations/lambda/delete-function-event-invoke-config';
import { putFunctionEventInvokeConfig } from '../operations/lambda/put-function-event-invoke-config';
import { removePermission } from '../operations/lambda/remove-permission';
import { updateFunctionCode } from '../operations/lambda/update-function-code';
import { updateFunctionConfiguration } from '../operations/lambda/update-function-configuration';
import { deleteStateMachine } from '../operations/sfn/delete-state-machine';
import { updateStateMachine } from '../operations/sfn/update-state-machine';
import { Made, ResourceHandler, Wanted } from './handler';
import { declaredBy } from './listeners';

export const FUNCTIONS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Lambda::Function': {
    replacedBy: ['FunctionName', 'PackageType'],
    create: (wanted) => {
      deployFunction(wanted.state, functionOf(wanted), call);
      bringCode(wanted);
      return wanted.made();
    },
    update: (wanted, { state, env, made }) => {
      const declared = functionOf(wanted);
      const { deadLetterArn, inlineCode: inline } = declared;
      const input = given({
        FunctionName: made.physicalId,
        Role: declared.roleArn,
        Runtime: declared.runtime as Runtime | undefined,
        Handler: declared.handler,
        Environment: { Variables: declared.variables ?? {} },
        Timeout: declared.timeoutSeconds,
        MemorySize: declared.memoryMib,
        DeadLetterConfig: deadLetterArn === undefined ? undefined : { TargetArn: deadLetterArn },
      });
      updateFunctionConfiguration(state, env, input);
      if (inline !== undefined) {
        // The API takes a zip alone; what is inline is CloudFormation's to pack.
        const standing = findFunction(state, env, made.physicalId);
        standing.settings = { ...standing.settings, code: { inline } };
      }
      bringCode(wanted);
      return wanted.made();
    },
    delete: ({ state, env, made }) => {
      deleteFunction(state, env, { FunctionName: made.physicalId });
    },
  },
  'AWS::Lambda::Permission': {
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const StatementId = wanted.generated();
      const FunctionName = properties.member('FunctionName').requiredText();
      const input = given({
        FunctionName,
        StatementId,
        Principal: properties.member('Principal').requiredText(),
        Action: properties.member('Action').requiredText(),
        SourceArn: properties.member('SourceArn').text(),
        SourceAccount: properties.member('SourceAccount').text(),
      });
      addPermission(state, env, input);
      return { physicalId: StatementId, attributes: { Id: StatementId } };
    },
    delete: ({ state, env, stack, made }) => {
      const FunctionName = new Wanted(state, stack, made).properties.member('FunctionName').requiredText();
      removePermission(state, env, { FunctionName, StatementId: made.physicalId });
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    replacedBy: ['FunctionName', 'Qualifier'],
    create: putSettings,
    update: putSettings,
    delete: ({ state, env, stack, made }) => {
      const FunctionName = new Wanted(state, stack, made).properties.member('FunctionName').requiredText();
      deleteFunctionEventInvokeConfig(state, env, { FunctionName });
    },
  },
  'AWS::StepFunctions::StateMachine': {
    replacedBy: ['StateMachineName', 'StateMachineType'],
    create: (wanted) => {
      deployStateMachine(wanted.state, machineOf(wanted), call);
      return wanted.made();
    },
    update: (wanted, { state, env, made }) => {
      const declared = machineOf(wanted);
      const { definition, roleArn } = declared;
      const loggingConfiguration = loggingOf(declared);
      const changed = { definition: JSON.stringify(definition), roleArn, loggingConfiguration };
      const input = { stateMachineArn: made.physicalId, ...changed };
      updateStateMachine(state, env, given(input));
      return wanted.made();
    },
    delete: ({ state, env, made }) => {
      deleteStateMachine(state, env, { stateMachineArn: made.physicalId });
    },
  },
};

function functionOf(wanted: Wanted): LambdaFunction {
  const declared = declaredBy(wanted).functions?.[0] as LambdaFunction;
  return declared;
}

/** Code that lies in a bucket takes the place of what the template has inline. */
function bringCode(wanted: Wanted): void {
  const { state, env, properties } = wanted;
  const code = properties.member('Code');
  const [S3Bucket, S3Key] = [code.member('S3Bucket').text(), code.member('S3Key').text()];
  if (S3Bucket === undefined || S3Key === undefined) {
    return;
  }
  const S3ObjectVersion = code.member('S3ObjectVersion').text();
  updateFunctionCode(state, env, given({ FunctionName: wanted.identity.name, S3Bucket, S3Key, S3ObjectVersion }));
}

function machineOf(wanted: Wanted): StateMachine {
  return declaredBy(wanted).stateMachines?.[0] as StateMachine;
}

function putSettings(wanted: Wanted): Made {
  const { state, env, properties } = wanted;
  const destination = (name: string) => {
    const Destination = properties.member('DestinationConfig').member(name).member('Destination').text();
    return Destination === undefined ? undefined : { Destination };
  };
  const FunctionName = properties.member('FunctionName').requiredText();
  const input = given({
    FunctionName,
    MaximumRetryAttempts: properties.member('MaximumRetryAttempts').number(),
    MaximumEventAgeInSeconds: properties.member('MaximumEventAgeInSeconds').number(),
    DestinationConfig: given({ OnSuccess: destination('OnSuccess'), OnFailure: destination('OnFailure') }),
  });
  putFunctionEventInvokeConfig(state, env, input);
  return { physicalId: FunctionName, attributes: {} };
}
