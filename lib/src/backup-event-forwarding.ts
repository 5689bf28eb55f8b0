import {
  BackupApiCall,
  BackupApiCallOutcome,
  BackupApiCallPatterns,
  BackupEvent,
  BackupEventPatterns,
  BackupEventRules,
} from '@holdfast/model';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { eventPattern, PatternJson } from './private/event-rule';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of `BackupEventForwarding`.
 */
export interface BackupEventForwardingProps {
  /**
   * The bus that gets the events, of any account and Region: `EventBus.fromEventBusArn`.
   */
  readonly eventBus: events.IEventBus;

  /**
   * Kinds of events.
   *
   * @default - every kind
   */
  readonly kinds?: BackupEvent[];

  /**
   * Calls of the API that CloudTrail tells of, whatever came of them. They need a trail.
   *
   * @default - none
   */
  readonly apiCalls?: BackupApiCall[];

  /**
   * Queue for events that the bus did not take within a day.
   *
   * @default - none: they are dropped
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * Forwards what AWS Backup tells of to the bus of another account or Region, where all accounts are watched at once.
 *
 * Events keep the account and Region that they come from. The bus has to let this account in: see `BackupEventBus`.
 */
@propertyInjectable
export class BackupEventForwarding extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupEventForwarding';

  /**
   * Forwards the events of AWS Backup.
   */
  public readonly rule: events.Rule;

  /**
   * Forwards the calls of the API; undefined without `apiCalls`.
   */
  public readonly apiCallsRule?: events.Rule;

  /**
   * The role that puts events on the bus, and can do nothing else.
   */
  public readonly role: iam.IRole;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when nothing would be forwarded
   */
  constructor(scope: Construct, id: string, props: BackupEventForwardingProps) {
    super(scope, id);
    const { kinds = BackupEvent.all(), apiCalls } = props;
    refuse(this, [
      ...BackupEventRules.checkKinds(kinds, 'kinds'),
      ...(apiCalls?.length === 0 ? BackupEventRules.checkKinds([], 'apiCalls') : []),
    ]);
    const role = new iam.Role(this, 'Role', {
      description: 'Forwards events of AWS Backup to another bus',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const statement = new iam.PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [props.eventBus.eventBusArn],
    });
    new iam.ManagedPolicy(this, 'Policy', { roles: [role], statements: [statement] });
    this.role = role;
    const target = new targets.EventBus(props.eventBus, {
      role: role.withoutPolicyUpdates(),
      deadLetterQueue: props.deadLetterQueue,
    });
    this.rule = this.forward('Rule', BackupEventPatterns.kinds(kinds), target);
    if (apiCalls !== undefined) {
      const pattern = BackupApiCallPatterns.of(apiCalls, { outcome: BackupApiCallOutcome.ANY });
      this.apiCallsRule = this.forward('ApiCalls', pattern, target);
    }
  }

  private forward(id: string, pattern: unknown, target: events.IRuleTarget): events.Rule {
    return new events.Rule(this, id, {
      description: 'Forwards what AWS Backup tells of',
      eventPattern: eventPattern(pattern as PatternJson),
      targets: [target],
    });
  }
}

/**
 * Properties of a `BackupEventBus`.
 */
export interface BackupEventBusProps {
  /**
   * Name of the bus.
   *
   * @default - AWS CloudFormation makes one
   */
  readonly eventBusName?: string;

  /**
   * Id of the organization whose accounts may put events, `o-…`.
   *
   * @default - no organization
   */
  readonly organizationId?: string;

  /**
   * Accounts that may put events.
   *
   * @default - none
   */
  readonly accounts?: string[];
}

/**
 * The bus that other accounts forward to, and that takes events of AWS Backup alone.
 */
@propertyInjectable
export class BackupEventBus extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupEventBus';

  /**
   * The bus.
   */
  public readonly eventBus: events.IEventBus;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when no event could arrive
   */
  constructor(scope: Construct, id: string, props: BackupEventBusProps) {
    super(scope, id);
    refuse(this, BackupEventRules.checkSenders(props, '', SYNTH));
    const eventBus = new events.EventBus(this, 'Resource', {
      eventBusName: props.eventBusName,
      description: 'What AWS Backup tells of in other accounts',
    });
    this.eventBus = eventBus;
    const { organizationId, accounts = [] } = props;
    if (organizationId !== undefined) {
      eventBus.addToResourcePolicy(this.allow('AllowOrganization', new iam.OrganizationPrincipal(organizationId)));
    }
    if (accounts.length > 0) {
      const principals = accounts.map((account) => new iam.AccountPrincipal(account));
      eventBus.addToResourcePolicy(this.allow('AllowAccounts', ...principals));
    }
  }

  private allow(sid: string, ...principals: iam.IPrincipal[]): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid,
      principals,
      actions: ['events:PutEvents'],
      resources: [this.eventBus.eventBusArn],
      conditions: { StringEquals: { 'events:source': BackupEvent.SOURCE } },
    });
  }
}
