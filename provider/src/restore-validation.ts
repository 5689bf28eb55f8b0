import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { RestoreTestingResourceType, RestoreValidationRules, RestoreValidations, Waiver } from '@holdfast/model';
import { Op, TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { judgeChange, tryFindTestingPlan } from './private/declare-restore-testing';
import { GlueFunction } from './private/glue-function';
import { RESTORE_VALIDATION } from './private/lambda-code/restore-validation';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { attachPolicy, serviceRole } from './private/service-role';
import { SYNTH } from './private/token-values';
import { IRestoreTestingPlan } from './restore-testing-plan';

/**
 * How restored resources are validated.
 */
export interface RestoreValidationOptions {
  /**
   * ARN of the function that validates. It is invoked with
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
   * after `retryIntervalMinutes`, for as long as the validation window is open. To throw, to run out of time, or to answer
   * anything else is `FAILED`, with what was thrown as the message. Messages are cut at 1000 characters. An event may
   * come twice, so that the function may be invoked twice for one restore: it should do no harm then.
   */
  readonly validatorFunctionArn: string;

  /**
   * Resource types that the function validates.
   *
   * @default - all that the plan tests
   */
  readonly resourceTypes?: RestoreTestingResourceType[];

  /**
   * Minutes until a function that answered `PENDING` is invoked again, 10 to 1440.
   *
   * @default 10
   */
  readonly retryIntervalMinutes?: number;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * Tags of what is made.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources.
   *
   * @default - the plan's
   */
  readonly provider?: TerraformProvider;
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

const DAY_SECONDS = 86_400;

/** What the glue function asks AWS Backup, which knows no resource for restore jobs. */
const GLUE_STATEMENT = {
  Action: ['backup:DescribeRestoreJob', 'backup:GetRestoreJobMetadata', 'backup:PutRestoreValidationResult'],
  Resource: ['*'],
};

/** Tags and the provider of all that is made. */
interface Common {
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

/**
 * From the end of a restore test to its result: EventBridge, a state machine, and a function of yours.
 *
 * The result is put once. Events that cannot be delivered wait in a dead-letter queue.
 */
export class RestoreValidation extends Construct {
  /**
   * The state machine, one execution of which is one validation.
   */
  public readonly stateMachine: SfnStateMachine;

  /**
   * ARN of the state machine.
   */
  public readonly stateMachineArn: string;

  /**
   * Where events go that could not start the state machine, kept for 14 days.
   */
  public readonly deadLetterQueue: SqsQueue;

  /**
   * The rule that starts the state machine.
   */
  public readonly eventRule: CloudwatchEventRule;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when what is declared cannot work, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RestoreValidationProps) {
    super(scope, id);
    const { restoreTestingPlan, resourceTypes, retryIntervalMinutes, tags } = props;
    const declaration = tryFindTestingPlan(restoreTestingPlan);
    const ofPlan = declaration === undefined ? [] : judgeChange(declaration, { validated: true }, this.node.path);
    const own = RestoreValidationRules.check({ resourceTypes, retryIntervalMinutes }, '', SYNTH);
    refuse(this, [...own, ...ofPlan], props.waivers);

    const common = { tags, provider: props.provider ?? declaration?.provider };
    this.stateMachine = this.ownStateMachine(props, common);
    annotateTemplate(this.stateMachine, props.waivers);
    this.stateMachineArn = this.stateMachine.arn;
    this.deadLetterQueue = new SqsQueue(this, 'DeadLetters', {
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: RestoreValidations.DEAD_LETTER_DAYS * DAY_SECONDS,
      ...common,
    });
    this.eventRule = new CloudwatchEventRule(this, 'Rule', {
      description: 'Restore tests that completed and are to be validated',
      eventPattern: renderPolicy(
        RestoreValidations.eventPattern(restoreTestingPlan.restoreTestingPlanArn, resourceTypes),
      ),
      ...common,
    });
    const policy = this.queuePolicy(common.provider);
    this.target(common, policy);
  }

  private ownStateMachine(props: RestoreValidationProps, common: Common): SfnStateMachine {
    const glue = new GlueFunction(this, 'Glue', {
      description: 'Prepares validations of restore tests and puts their results',
      code: RESTORE_VALIDATION,
      statements: [GLUE_STATEMENT],
      ...common,
    });
    const glueFunctionArn = glue.lambdaFunction.arn;
    const { validatorFunctionArn, retryIntervalMinutes: minutes } = props;
    const made = serviceRole(this, 'Role', 'states.amazonaws.com', {
      description: 'Validates what restore tests restored',
      ...common,
    });
    const invoke = { Action: ['lambda:InvokeFunction'], Resource: [glueFunctionArn, validatorFunctionArn] };
    const policy = attachPolicy(this, 'Policy', made.role.name, [invoke], common);
    const targets = { glueFunctionArn, validatorFunctionArn };
    const seconds = minutes === undefined || SYNTH.known(minutes) ? undefined : Token.asNumber(Op.mul(minutes, 60));
    return new SfnStateMachine(this, 'Resource', {
      definition: renderPolicy(RestoreValidations.stateMachine(targets, minutes, seconds)),
      roleArn: made.role.arn,
      dependsOn: [policy],
      ...common,
    });
  }

  private target({ tags, provider }: Common, queuePolicy: SqsQueuePolicy): void {
    const made = serviceRole(this, 'EventsRole', 'events.amazonaws.com', {
      description: 'Starts a validation when a restore test has completed',
      tags,
      provider,
    });
    const start = { Action: ['states:StartExecution'], Resource: [this.stateMachineArn] };
    const policy = attachPolicy(this, 'EventsPolicy', made.role.name, [start], { tags, provider });
    new CloudwatchEventTarget(this, 'Target', {
      rule: this.eventRule.name,
      targetId: 'Validation',
      arn: this.stateMachineArn,
      roleArn: made.role.arn,
      deadLetterConfig: { arn: this.deadLetterQueue.arn },
      retryPolicy: {
        maximumEventAgeInSeconds: RestoreValidations.EVENT_AGE_SECONDS,
        maximumRetryAttempts: RestoreValidations.EVENT_RETRIES,
      },
      dependsOn: [policy, queuePolicy],
      provider,
    });
  }

  /** The rule alone sends, and nobody in plain text. */
  private queuePolicy(provider?: TerraformProvider): SqsQueuePolicy {
    const queue = this.deadLetterQueue;
    const send = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue.arn,
      Condition: { ArnEquals: { 'aws:SourceArn': this.eventRule.arn } },
    };
    const inPlainText = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: queue.arn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const policy = renderPolicy({ Version: '2012-10-17', Statement: [inPlainText, send] });
    return new SqsQueuePolicy(this, 'DeadLettersPolicy', { queueUrl: queue.url, policy, provider });
  }
}
