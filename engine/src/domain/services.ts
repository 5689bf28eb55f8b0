/**
 * The services around AWS Backup that hear of it: EventBridge, SNS, SQS, Lambda, Step Functions, CloudWatch, CloudTrail;
 * and those that only keep what deployments put there, or the keys of callers.
 *
 * Owns     one of each for a World.
 */
import { AlarmRuns } from './alarm-runs';
import { Databases } from './databases';
import { Ec2 } from './ec2';
import { Budgets } from './budgets';
import { Config } from './config';
import { Credentials } from './credentials';
import { Dashboards } from './dashboards';
import type { Document } from './documents';
import { EventRuns } from './event-runs';
import { FunctionRuns } from './function-runs';
import { InstanceProfiles } from './instance-profiles';
import type { Ledger } from './ledger';
import { Messaging } from './messaging';
import { ExecutionRuns } from './execution-runs';
import { Metrics } from './metrics';
import { Networks } from './networks';
import type { Parameter } from './parameters';
import { Secrets } from './secrets';
import { Shelf } from './shelf';
import { StackSets } from './stack-sets';
import { Stacks } from './stacks';
import { RepeatedCalls } from './repeated-calls';
import { Repositories } from './repositories';
import { Trail } from './trail';
import { VaultNotifications } from './vault-notifications';

export class Services {
  readonly credentials: Credentials;
  readonly messaging: Messaging;
  readonly metrics: Metrics;
  readonly events: EventRuns;
  readonly notifications: VaultNotifications;
  readonly alarms: AlarmRuns;
  readonly trail: Trail;
  readonly functions: FunctionRuns;
  /** Runs what Step Functions starts. */
  readonly executions: ExecutionRuns;
  readonly databases = new Databases();
  readonly ec2 = new Ec2();
  readonly networks = new Networks();
  readonly instanceProfiles = new InstanceProfiles();
  /** What kept roles of services from being deleted, by the task that was to delete them. */
  readonly failedRoleDeletions = new Map<string, readonly string[]>();
  readonly repeatedCalls = new RepeatedCalls();
  readonly secrets = new Secrets();
  readonly budgets = new Budgets();
  readonly config: Config;
  readonly dashboards = new Dashboards();
  readonly documents = new Shelf<Document>();
  readonly parameters = new Shelf<Parameter>();
  readonly stacks: Stacks;
  readonly stackSets: StackSets;
  readonly repositories = new Repositories();

  constructor(ledger: Ledger) {
    this.credentials = new Credentials(ledger);
    this.messaging = new Messaging(ledger);
    this.metrics = new Metrics(ledger);
    this.events = new EventRuns(ledger, this.messaging, this.metrics);
    this.notifications = new VaultNotifications(ledger, this.messaging);
    this.alarms = new AlarmRuns(ledger, this.metrics, this.messaging, this.events);
    this.trail = new Trail(ledger);
    this.config = new Config(ledger.seed);
    this.functions = new FunctionRuns(ledger, this.messaging, this.events);
    this.executions = new ExecutionRuns(ledger, this.messaging, this.functions);
    this.stacks = new Stacks(ledger);
    this.stackSets = new StackSets(ledger);
  }
}
