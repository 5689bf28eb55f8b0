import { RestoreTestingResourceType, RestoreValidationRules, RestoreValidations, Waiver } from '@holdfast/model';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './private/acknowledge';
import { judgeChange, tryFindTestingPlan } from './private/declare-restore-testing';
import { GlueFunction } from './private/glue-function';
import { RESTORE_VALIDATION } from './private/lambda-code/restore-validation';
import { annotateTemplate, refuse } from './private/refuse';
import { secondsLater, SYNTH } from './private/token-values';
import { IRestoreTestingPlan } from './restore-testing-plan';

/**
 * How restored resources are validated.
 */
export interface RestoreValidationOptions {
  /**
   * The function that validates. It is invoked with
   *
   * ```json
   * {
   *   "version": "1", "restoreJobId": "…", "attempt": 1, "resourceType": "DynamoDB",
   *   "createdResourceArn": "arn:…", "sourceResourceArn": "arn:…",
   *   "recoveryPointArn": "arn:…", "recoveryPointCreatedAt": "2027-01-01T05:00:00.000Z",
   *   "backupVaultArn": "arn:…", "restoreTestingPlanArn": "arn:…",
   *   "restoreCompletedAt": "2027-01-08T06:00:00.000Z", "metadata": { "targetTableName": "…" }
   * }
   * ```
   *
   * and answers `{ "status": "SUCCESSFUL" | "FAILED" | "PENDING", "message": "…" }`. `PENDING` asks to be invoked again
   * after `retryInterval`, for as long as the validation window is open. To throw, to run out of time, or to answer
   * anything else is `FAILED`, with what was thrown as the message. Messages are cut at 1000 characters. An event may
   * come twice, so that the function may be invoked twice for one restore: it should do no harm then.
   */
  readonly validator: lambda.IFunction;

  /**
   * Resource types that the function validates.
   *
   * @default - all that the plan tests
   */
  readonly resourceTypes?: RestoreTestingResourceType[];

  /**
   * Time until a function that answered `PENDING` is invoked again, 10 to 1440 minutes. A token is given in seconds.
   *
   * @default Duration.minutes(10)
   */
  readonly retryInterval?: Duration;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Properties of a `RestoreValidation`.
 */
export interface RestoreValidationProps extends RestoreValidationOptions {
  /**
   * The plan whose restores are validated.
   */
  readonly restoreTestingPlan: IRestoreTestingPlan;
}

const LOGGED = 'Each execution of a standard workflow keeps its history, with inputs and outputs, for 90 days.';
const TRACED = 'It calls two functions one after the other; its history says all that a trace would.';
const ANY_JOB = 'AWS Backup knows no resource for restore jobs: IAM can allow these actions on * alone.';

/**
 * From the end of a restore test to its result: EventBridge, a state machine, and a function of yours.
 *
 * The result is put once. Events that cannot be delivered wait in a dead-letter queue.
 */
@propertyInjectable
export class RestoreValidation extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreValidation';

  /**
   * ARN of the state machine, one execution of which is one validation.
   */
  public readonly stateMachineArn: string;

  /**
   * Where events go that could not start the state machine, kept for 14 days.
   */
  public readonly deadLetterQueue: sqs.IQueue;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when what is declared cannot work, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RestoreValidationProps) {
    super(scope, id);
    const { restoreTestingPlan, resourceTypes } = props;
    const waitSeconds = secondsLater(props.retryInterval);
    const retryIntervalMinutes = waitSeconds ?? props.retryInterval?.toMinutes({ integral: false });
    const declaration = tryFindTestingPlan(restoreTestingPlan);
    const ofPlan = declaration === undefined ? [] : judgeChange(declaration, { validated: true }, this.node.path);
    const own = RestoreValidationRules.check({ resourceTypes, retryIntervalMinutes }, '', SYNTH);
    refuse(this, [...own, ...ofPlan], props.waivers);

    const glue = this.glue();
    const stateMachine = this.stateMachine(glue, props.validator, retryIntervalMinutes, waitSeconds);
    annotateTemplate(stateMachine, props.waivers);
    this.stateMachineArn = stateMachine.attrArn;
    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetters', {
      enforceSSL: true,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(RestoreValidations.DEAD_LETTER_DAYS),
    });
    acknowledge(this.deadLetterQueue, { 'AwsSolutions-SQS3': 'It is the dead-letter queue.' });
    this.rule(RestoreValidations.eventPattern(restoreTestingPlan.restoreTestingPlanArn, resourceTypes));
  }

  private glue(): lambda.Function {
    const statement = new iam.PolicyStatement({
      actions: ['backup:DescribeRestoreJob', 'backup:GetRestoreJobMetadata', 'backup:PutRestoreValidationResult'],
      resources: ['*'],
    });
    const glue = new GlueFunction(this, 'Glue', {
      description: 'Prepares validations of restore tests and puts their results',
      code: RESTORE_VALIDATION,
      statements: [statement],
    });
    acknowledge(glue, { 'AwsSolutions-IAM5[Resource::*]': ANY_JOB });
    return glue.lambdaFunction;
  }

  private stateMachine(
    glue: lambda.Function,
    validator: lambda.IFunction,
    minutes?: number,
    waitSeconds?: number,
  ): sfn.CfnStateMachine {
    const role = new iam.Role(this, 'Role', {
      description: 'Validates what restore tests restored',
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const invoke = new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [glue.functionArn, validator.functionArn],
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', { roles: [role], statements: [invoke] });
    const targets = { glueFunctionArn: '${Glue}', validatorFunctionArn: '${Validator}' };
    const stateMachine = new sfn.CfnStateMachine(this, 'Resource', {
      definition: RestoreValidations.stateMachine(targets, minutes, waitSeconds),
      definitionSubstitutions: { Glue: glue.functionArn, Validator: validator.functionArn },
      roleArn: role.roleArn,
    });
    stateMachine.node.addDependency(policy);
    acknowledge(stateMachine, { 'AwsSolutions-SF1': LOGGED, 'AwsSolutions-SF2': TRACED });
    return stateMachine;
  }

  private rule(eventPattern: object): void {
    const role = new iam.Role(this, 'EventsRole', {
      description: 'Starts a validation when a restore test has completed',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    new iam.ManagedPolicy(this, 'EventsPolicy', {
      roles: [role],
      statements: [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [this.stateMachineArn] })],
    });
    const rule = new events.CfnRule(this, 'Rule', {
      description: 'Restore tests that completed and are to be validated',
      eventPattern,
      targets: [
        {
          id: 'Validation',
          arn: this.stateMachineArn,
          roleArn: role.roleArn,
          deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
          retryPolicy: {
            maximumEventAgeInSeconds: RestoreValidations.EVENT_AGE_SECONDS,
            maximumRetryAttempts: RestoreValidations.EVENT_RETRIES,
          },
        },
      ],
    });
    this.deadLetterQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}
