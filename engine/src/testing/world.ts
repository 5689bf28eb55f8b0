/**
 * A World to test against: deploy what you declare, move the clock, ask what there is.
 *
 * Owns     one WorldState and what was deployed to it.
 * Units    instants go in and out as ISO 8601 text; a day is 24 h.
 * Source   design.md section 2, Library.
 */
import type { Estate, Finding, StatefulResource } from '@holdfast/model';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, DEFAULT_SEED } from '../cli/defaults';
import { findingsOf } from '../cli/findings';
import type { AlarmState } from '../domain/alarm-verdict';
import type { AlarmChange } from '../domain/alarms';
import type { Delivery } from '../domain/deliveries';
import type { ReportFile } from '../domain/report-files';
import type { TrailRecord } from '../domain/trail';
import { Attack, attack } from '../attack/attack';
import { Cost, costOf } from '../cost/cost';
import { DEFAULT_PRICES } from '../cost/default-prices';
import { PriceBook, Prices, readPriceBook } from '../cost/price-book';
import { restoreJobView } from '../domain/restore-runs';
import type { RecoveryPointView, RestoreJobView } from '../domain/views';
import { WorldState } from '../domain/world-state';
import { DiskFiles, MemoryFiles } from '../host/files';
import type { Content } from '../host/content/content';
import { ContentDamage, ContentFault, ContentRunner } from '../host/content/content-runner';
import type { StoreFigures } from '../host/content/content-store';
import { storeIn } from '../host/content/world-store';
import { FunctionRunner } from '../host/function-runner';
import { type Validate, WorldClock } from '../host/world-clock';
import type { FileSource, NotRead, ReadOptions, ReadResult } from '../ingest/artifact';
import { deploy } from '../ingest/deploy';
import { partitionOf } from '../ingest/environments';
import { readInventoryEntry } from '../ingest/inventory/read-inventory';
import { joinEstates } from '../ingest/join-estates';
import { refuseLocksWithoutMinimum } from '../ingest/lock-minimum';
import { readArtifacts } from '../ingest/read-artifacts';
import { DAY, HOUR, MINUTE, parseInstant, shortInstant } from '../kernel/instant';
import { Explanation, explanationOf } from '../report/explanation';
import { Simulation, simulationOf } from '../report/simulation';
import { Answerer } from '../wire/answer';
import { loadClient } from '../host/load-client';
import { Approvals } from './approvals';
import { ClientConfig, ClientProps, InProcessHandler, Sender, senderOf } from './client';
import { InvocationView, invocationsOf } from './invocations';
import { complianceOf, FrameworkView } from './compliance';
import { ESTATE_KEYS } from './estate-keys';
import { WorldFaults } from './faults';
import { presentResource, resourceOf } from './matchers/subject';
import { messagesOf } from './messages';
import { remember } from './states';
import type { AddedResource, DeployProps, Stretch, WorldProps } from './world-props';

const KEEP_EVENTS = 1_000_000;

/** What a deploy read: the declarations, what the rules find in them, and what was left out. */
export interface Deployed extends ReadResult {
  readonly findings: readonly Finding[];
}

/** An alarm of CloudWatch. */
export interface AlarmView {
  readonly name: string;
  readonly arn: string;
  readonly state: AlarmState;
  /** Its changes of state, oldest first. */
  readonly history: readonly AlarmChange[];
}

/** A template as an object, e.g. `Template.fromStack(stack).toJSON()`, or what `Testing.synth` of cdktf parses to. */
export type TemplateObject = Readonly<Record<string, unknown>>;

/** An AWS that exists in this process alone, with a clock that only you move. */
export class World {
  /** What goes wrong: faults that you add, list and clear. */
  readonly faults: WorldFaults;
  private readonly state: WorldState;
  private readonly clock: WorldClock;
  private readonly contents: ContentRunner;
  private readonly options: ReadOptions;
  private readonly deployed: Deployed[] = [];
  private added: StatefulResource[] = [];

  constructor(props: WorldProps) {
    const region = props.region ?? DEFAULT_REGION;
    this.options = {
      env: { partition: props.partition ?? partitionOf(region), account: props.account ?? DEFAULT_ACCOUNT, region },
      parameters: {},
      values: {},
    };
    this.state = new WorldState({
      start: parseInstant(props.start),
      seed: props.seed ?? DEFAULT_SEED,
      keepEvents: props.keepEvents ?? KEEP_EVENTS,
      enforceIam: props.enforceIam ?? false,
      meter: true,
    });
    const { services } = this.state;
    services.events.batchMinutes = wholeMinutes(props.eventBatchMinutes ?? 0);
    if (props.observe === true) {
      services.metrics.listen();
      services.trail.listen();
    }
    const functions = new FunctionRunner(this.state, { localCode: true });
    if (props.runFunctions === true) {
      functions.begin();
    }
    this.contents = new ContentRunner(this.state, storeIn(props.contentFolder));
    this.clock = new WorldClock(this.state, functions, this.contents);
    this.faults = new WorldFaults(this.state);
    remember(this, this.state);
  }

  /** Where the clock stands. */
  get now(): string {
    return shortInstant(this.state.now);
  }

  /**
   * Deploys at the present instant, by the operations that CloudFormation or Terraform would call.
   *
   * @param artifact path or paths of any artifact, a template as an object, or an estate
   * @throws IngestRefusal when it cannot be read, DeployRefusal when AWS would refuse it
   */
  async deploy(
    artifact: string | readonly string[] | TemplateObject | Estate,
    props: DeployProps = {},
  ): Promise<Deployed> {
    const read = this.read(artifact, props);
    refuseLocksWithoutMinimum(read);
    deploy(this.state, read.estate);
    const deployed = { ...read, findings: findingsOf(read.estate, read.waivers ?? [], this.now.slice(0, 10)) };
    this.deployed.push(deployed);
    return deployed;
  }

  /** Adds a resource that no artifact declares, and returns it with its ARN. */
  add(resource: AddedResource): StatefulResource {
    const { content, ...described } = resource;
    const read = readInventoryEntry(described, 'World.add', '', this.options.env);
    this.state.addResource(read);
    if (content !== undefined) {
      this.contents.give(read.arn, content);
    }
    this.added.push(read);
    return read;
  }

  /**
   * A resource that an artifact declares holds this from now on, in place of what it held.
   *
   * @param resource its ARN, or its name when no other resource has it
   * @throws RangeError when it is not there
   */
  give(resource: string, content: Content): void {
    this.contents.give(presentResource(this.state, resource).arn, content);
  }

  /** What is backed up of a resource from now on has malware in it, which scans find. */
  infect(resource: string): void {
    const { arn } = resourceOf(this.state, resource);
    const found = this.state.ledger.resources.tryFind(arn);
    if (found !== undefined) {
      this.state.scans.infect(found);
    }
  }

  /**
   * Deletes a resource: nothing selects it any more, its jobs fail, its points stay. `add` makes it again.
   *
   * @param resource its ARN, or its name when no other resource has it
   * @throws RangeError when it is not there
   */
  remove(resource: string): void {
    const found = presentResource(this.state, resource);
    this.state.removeResource(found);
    this.added = this.added.filter(({ arn }) => arn !== found.arn);
  }

  /** Moves the clock; everything that is due before the new instant happens. */
  async advance(stretch: Stretch): Promise<void> {
    const { days = 0, hours = 0, minutes = 0 } = stretch;
    const ms = Math.round(days * DAY + hours * HOUR + minutes * MINUTE);
    if (!Number.isFinite(ms) || Math.min(days, hours, minutes) < 0) {
      throw new RangeError(`advance must be 0 or more days, hours and minutes, got ${JSON.stringify(stretch)}`);
    }
    await this.clock.runUntil(this.state.now + ms);
    await this.contents.release(this.contents.takeReleased());
  }

  /**
   * What a resource holds: what it was added with, or what was restored into it.
   *
   * @param resource its ARN, or its name when no other resource has it
   * @throws RangeError when it is not there, or holds nothing
   */
  content(resource: string): Content {
    const found = presentResource(this.state, resource);
    const content = this.contents.contentOf(found);
    if (content === undefined) {
      throw new RangeError(`resource must be one that holds something, got '${resource}'`);
    }
    return content;
  }

  /**
   * Has a function of yours look at what restore tests restored, each at the instant at which it is there; the clock stands
   * still meanwhile. Tests of selections without `ValidationWindowHours` are not validated, as on AWS.
   */
  validateRestores(validate: Validate): void {
    this.clock.validateBy(validate);
  }

  /** What could not be done with the bytes of resources, oldest first, and why. */
  contentFaults(): readonly ContentFault[] {
    return this.contents.faults;
  }

  /** Reads all that was captured, and tells which bytes are not what was written, with the points that they harm. */
  verifyContent(): Promise<ContentDamage[]> {
    return this.contents.verify();
  }

  /** What the store of captures holds, and how much that takes. */
  async contentFigures(): Promise<StoreFigures> {
    return (await this.contents.store()).figures();
  }

  /** Gives back what contents took of the machine: folders, databases, what was captured. */
  async close(): Promise<void> {
    await this.contents.close();
  }

  /** What has happened since the World began, as `simulate --format json` prints it. */
  summary(): Simulation {
    const { findings, notRead } = this.declared();
    return simulationOf(this.state.summary(), findings, notRead, this.state.digest());
  }

  /**
   * What the backups have cost since the World began, as `holdfast cost --format json` prints it.
   *
   * @param prices a price book, or the path of its file; indicative prices unless given
   */
  cost(prices: PriceBook | string = DEFAULT_PRICES): Cost {
    const book = typeof prices === 'string' ? readPriceBook(prices, new DiskFiles()) : prices;
    return costOf(this.state, new Prices(book), this.declared().notRead);
  }

  /**
   * Why each recovery point of a resource exists, where, and when it may first be deleted.
   *
   * @param resource its ARN, or its name when no other resource has it
   */
  explain(resource: string): Explanation {
    const { estate, findings, notRead } = this.declared();
    return explanationOf(resourceOf(this.state, resource), estate, this.state, findings, notRead);
  }

  /**
   * Tries every destructive action on everything, as each principal, and changes nothing: which statement stopped it, or
   * that nothing did.
   *
   * @param as ARNs of principals; everybody unless given: root users, an administrator of each account, roles and users
   */
  attack(as?: string | readonly string[]): Attack {
    return attack(this.state, typeof as === 'string' ? [as] : as);
  }

  /**
   * A client of the official SDK that talks to this World, in process and without a socket.
   *
   * @param ClientClass its class, e.g. `BackupClient` of '@aws-sdk/client-backup'
   */
  client<C>(ClientClass: new (config: ClientConfig) => C, props: ClientProps = {}): C {
    const { account = this.options.env.account, region = this.options.env.region, principal } = props;
    const principalOf = principal === undefined ? {} : { principalOf: () => principal };
    const answerer = new Answerer(this.state, loadClient, { env: this.options.env, ...principalOf });
    return new ClientClass({
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'holdfast' },
      requestHandler: new InProcessHandler(answerer),
      maxAttempts: 1,
    });
  }

  /**
   * What backs a mock of the SDK with this World: `mockClient(BackupClient).send.callsFake(world.sender(BackupClient))`.
   */
  sender<C extends object>(ClientClass: new (config: ClientConfig) => C, props: ClientProps = {}): Sender {
    return senderOf(this.client(ClientClass, props));
  }

  /**
   * The recovery points of a resource, oldest first.
   *
   * @param resource its ARN, or its name when no other resource has it
   */
  pointsOf(resource: string): RecoveryPointView[] {
    return this.state.pointsOf(resourceOf(this.state, resource).arn);
  }

  /**
   * Restore jobs, those of restore testing plans included, oldest first.
   *
   * @param resource ARN of what was backed up, or its name when no other resource has it; all unless given
   */
  restoreJobs(resource?: string): RestoreJobView[] {
    const arn = resource === undefined ? undefined : resourceOf(this.state, resource).arn;
    const jobs = this.state.restores.list().filter((job) => (arn ?? job.resource.arn) === job.resource.arn);
    return jobs.map(restoreJobView);
  }

  /** What services sent since the World began, oldest first: from whom, to whom, and why it arrived or why not. */
  deliveries(): readonly Delivery[] {
    return this.state.services.messaging.deliveries.list();
  }

  /** What approval teams of logically air-gapped vaults are asked, and their answers. */
  get approvals(): Approvals {
    return new Approvals(this.state);
  }

  /** Every alarm of CloudWatch with its state and how it came to it, by ARN in ascending order. */
  alarms(): AlarmView[] {
    return this.state.services.alarms.alarms
      .list()
      .map(({ name, arn, state, history }) => ({ name, arn, state, history: [...history] }));
  }

  /** What the controls of every framework say of each resource, and why; daily ones nothing until the clock has moved. */
  compliance(): FrameworkView[] {
    return complianceOf(this.state);
  }

  /** The files that report plans wrote, oldest first. */
  reports(): readonly ReportFile[] {
    return this.state.reportPlans.files.list();
  }

  /** The records of CloudTrail, oldest first: since the World began where it observes, else since the first call of this. */
  trail(): readonly TrailRecord[] {
    this.state.services.trail.listen();
    return this.state.services.trail.list();
  }

  /**
   * Bodies of the messages that are in a queue, or that were published to a topic, oldest first.
   *
   * @param place its ARN, or its name when no other queue or topic has it
   */
  messages(place: string): string[] {
    return messagesOf(this.state, place);
  }

  /** How functions of Lambda were invoked and ran since the World began, oldest first. */
  functionRuns(): InvocationView[] {
    return invocationsOf(this.state);
  }

  private read(artifact: string | readonly string[] | TemplateObject | Estate, props: DeployProps): ReadResult {
    const options = { ...this.options, parameters: props.parameters ?? {}, values: props.values ?? {} };
    if (typeof artifact === 'string') {
      return readArtifacts([artifact], options, new DiskFiles());
    }
    if (Array.isArray(artifact)) {
      return readArtifacts(artifact as readonly string[], options, new DiskFiles());
    }
    const keys = Object.keys(artifact);
    if (keys.every((key) => ESTATE_KEYS.includes(key))) {
      return { estate: artifact as Estate, notRead: [] };
    }
    const name = keys.includes('Resources') ? 'template.json' : 'cdk.tf.json';
    const files: FileSource = new MemoryFiles(new Map([[name, JSON.stringify(artifact)]]));
    return readArtifacts([name], options, files);
  }

  /** Everything that was deployed and added so far, as one. */
  private declared(): Deployed {
    const added: Estate = { resources: this.added };
    const { estate } = joinEstates([...this.deployed.map((deployed) => deployed.estate), added]);
    return {
      estate,
      findings: this.deployed.flatMap(({ findings }) => findings),
      notRead: this.deployed.flatMap(({ notRead }): readonly NotRead[] => notRead),
    };
  }
}

function wholeMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 0) {
    throw new RangeError(`eventBatchMinutes must be 0 or more whole minutes, got ${minutes}`);
  }
  return minutes;
}
