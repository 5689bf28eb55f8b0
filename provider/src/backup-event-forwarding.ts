import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import {
  BackupApiCall,
  BackupApiCallOutcome,
  BackupApiCallPatterns,
  BackupEvent,
  BackupEventPatterns,
  BackupEventRules,
  KeyPolicies,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { eventRule, PatternJson } from './private/event-rule';
import { accountOf, partitionOf } from './private/place';
import { refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';

/**
 * Properties of `BackupEventForwarding`.
 */
export interface BackupEventForwardingProps {
  /**
   * ARN of the bus that gets the events, of any account and Region.
   */
  readonly eventBusArn: string;

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
   * ARN of a queue for events that the bus did not take within a day. Its policy must let `events.amazonaws.com` send.
   *
   * @default - none: they are dropped
   */
  readonly deadLetterQueueArn?: string;

  /**
   * Tags of the rules, the role and its policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources, that of the account and Region whose events are meant.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Forwards what AWS Backup tells of to the bus of another account or Region, where all accounts are watched at once.
 *
 * Events keep the account and Region that they come from. The bus has to let this account in: see `BackupEventBus`.
 */
export class BackupEventForwarding extends Construct {
  /**
   * Forwards the events of AWS Backup.
   */
  public readonly rule: CloudwatchEventRule;

  /**
   * Forwards the calls of the API; undefined without `apiCalls`.
   */
  public readonly apiCallsRule?: CloudwatchEventRule;

  /**
   * The role that puts events on the bus, and can do nothing else.
   */
  public readonly role: IamRole;

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
    this.role = this.makeRole(props);
    this.rule = this.forward('Rule', BackupEventPatterns.kinds(kinds), props);
    if (apiCalls !== undefined) {
      const pattern = BackupApiCallPatterns.of(apiCalls, { outcome: BackupApiCallOutcome.ANY });
      this.apiCallsRule = this.forward('ApiCalls', pattern, props);
    }
  }

  private makeRole({ eventBusArn, tags, provider }: BackupEventForwardingProps): IamRole {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountOf(this, provider) } },
    };
    const role = new IamRole(this, 'Role', {
      description: 'Forwards events of AWS Backup to another bus',
      assumeRolePolicy: renderPolicy(KeyPolicies.document([trust])),
      tags,
      provider,
    });
    const put = { Effect: 'Allow', Action: 'events:PutEvents', Resource: eventBusArn };
    const policy = new IamPolicy(this, 'Policy', { policy: renderPolicy(KeyPolicies.document([put])), tags, provider });
    new IamRolePolicyAttachment(this, 'PolicyOfRole', { role: role.name, policyArn: policy.arn, provider });
    return role;
  }

  private forward(id: string, pattern: unknown, props: BackupEventForwardingProps): CloudwatchEventRule {
    const { eventBusArn: targetArn, deadLetterQueueArn, tags, provider } = props;
    const target = { targetArn, roleArn: this.role.arn, deadLetterQueueArn };
    const options = { description: 'Forwards what AWS Backup tells of', target, tags, provider };
    return eventRule(this, id, pattern as PatternJson, options, [], undefined);
  }
}

/**
 * Properties of a `BackupEventBus`.
 */
export interface BackupEventBusProps {
  /**
   * Name of the bus.
   *
   * @default - the path of the construct, with `-` for what a name may not have
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

  /**
   * Tags of the bus.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * The bus that other accounts forward to, and that takes events of AWS Backup alone.
 */
export class BackupEventBus extends Construct {
  /**
   * The bus.
   */
  public readonly eventBus: CloudwatchEventBus;

  /**
   * Who may put events.
   */
  public readonly eventBusPolicy: CloudwatchEventBusPolicy;

  /**
   * ARN of the bus, as a reference.
   */
  public readonly eventBusArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when no event could arrive
   */
  constructor(scope: Construct, id: string, props: BackupEventBusProps) {
    super(scope, id);
    refuse(this, BackupEventRules.checkSenders(props, '', SYNTH));
    const { organizationId, tags, provider } = props;
    this.eventBus = new CloudwatchEventBus(this, 'Resource', {
      name: props.eventBusName ?? this.node.path.replace(/[^A-Za-z0-9_.-]/g, '-'),
      description: 'What AWS Backup tells of in other accounts',
      tags,
      provider,
    });
    this.eventBusArn = this.eventBus.arn;
    const accounts = props.accounts?.length === 0 ? undefined : props.accounts;
    const statements = [
      ...(organizationId === undefined
        ? []
        : [this.allow('AllowOrganization', '*', { 'aws:PrincipalOrgID': organizationId })]),
      ...(accounts === undefined ? [] : [this.allow('AllowAccounts', { AWS: this.roots(accounts, provider) }, {})]),
    ];
    this.eventBusPolicy = new CloudwatchEventBusPolicy(this, 'Policy', {
      eventBusName: this.eventBus.name,
      policy: renderPolicy(KeyPolicies.document(statements)),
      provider,
    });
  }

  private roots(accounts: string[], provider?: TerraformProvider): string[] {
    // The id of an account is a principal as its root is, and stays a list where Terraform alone knows it.
    if (!SYNTH.known(accounts)) {
      return accounts;
    }
    const partition = partitionOf(this, provider);
    return accounts.map((account) => `arn:${partition}:iam::${account}:root`);
  }

  private allow(sid: string, principal: unknown, condition: object): object {
    return {
      Sid: sid,
      Effect: 'Allow',
      Principal: principal,
      Action: 'events:PutEvents',
      Resource: this.eventBusArn,
      Condition: { StringEquals: { 'events:source': BackupEvent.SOURCE, ...condition } },
    };
  }
}
