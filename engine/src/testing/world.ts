/**
 * A World to test against: deploy what you declare, move the clock, ask what there is.
 *
 * Owns     one WorldState and what was deployed to it.
 * Units    instants go in and out as ISO 8601 text; a day is 24 h.
 * Source   design.md section 2, Library.
 */
import type { Estate, StatefulResource } from '@holdfast/model';
import { findingsOf } from '../cli/findings';
import type { Delivery } from '../domain/deliveries';
import type { ReportFile } from '../domain/report-files';
import type { TrailRecord } from '../domain/trail';
import { Attack, attack } from '../attack/attack';
import { Cost, costOf } from '../cost/cost';
import { DEFAULT_PRICES } from '../cost/default-prices';
import { PriceBook, Prices, readPriceBook } from '../cost/price-book';
import { restoreJobView } from '../domain/restore-views';
import type { RecoveryPointView, RestoreJobView } from '../domain/views';
import type { WorldState } from '../domain/world-state';
import type { Content } from '../host/content/content';
import type { ContentRunner } from '../host/content/content-runner';
import { contentsIn } from '../host/content/given-databases';
import type { StoreFigures } from '../host/content/content-store';
import { storeIn } from '../host/content/world-store';
import { DiskFiles } from '../host/files';
import { FunctionRunner } from '../host/function-runner';
import { type Validate, WorldClock } from '../host/world-clock';
import type { ContentDamage, ContentFault } from '../report/content-damage';
import type { NotRead, ReadOptions, ReadResult } from '../ingest/artifact';
import { deploy } from '../ingest/deploy';
import { readInventoryEntry } from '../ingest/inventory/read-inventory';
import { joinEstates } from '../ingest/join-estates';
import { refuseByTemplate } from '../ingest/template-refusals';
import { shortInstant } from '../kernel/instant';
import type { Explanation } from '../report/explanation';
import { Simulation, simulationOf } from '../report/simulation';
import { Answerer } from '../wire/answer';
import { loadClient } from '../host/load-client';
import { alarmsOf } from './alarms';
import { Approvals } from './approvals';
import { begin, optionsOf } from './begin';
import { ClientConfig, ClientProps, InProcessHandler, Sender, senderOf } from './client';
import { InvocationView, invocationsOf } from './invocations';
import { complianceOf, FrameworkView } from './compliance';
import { explain } from './explain';
import { WorldFaults } from './faults';
import { presentResource, resourceOf } from './matchers/subject';
import { messagesOf } from './messages';
import { msOf } from './stretches';
import { readDeclared } from './read-declared';
import { Keeping, KEEPS_NOTHING, Recording } from './recording';
import { redo } from './redo';
import { readSaved, refuseOther, SavedWorld, savedWorld, writeSaved } from './saved-world';
import { remember } from './states';
import type {
  AddedResource,
  AlarmView,
  Deployed,
  DeployProps,
  Stretch,
  TemplateObject,
  WorldProps,
} from './world-props';

/** An AWS that exists in this process alone, with a clock that only you move. */
export class World {
  /** What goes wrong: faults that you add, list and clear. */
  readonly faults: WorldFaults;
  private readonly state: WorldState;
  private readonly clock: WorldClock;
  private readonly contents: ContentRunner;
  private readonly options: ReadOptions;
  private readonly recording: Recording | undefined;
  private readonly keeping: Keeping;
  private readonly deployed: Deployed[] = [];
  private added: StatefulResource[] = [];

  constructor(private readonly props: WorldProps) {
    this.options = optionsOf(props);
    this.state = begin(props);
    const functions = new FunctionRunner(this.state, { localCode: true });
    if (props.runFunctions === true) {
      functions.begin();
    }
    this.contents = contentsIn(this.state, storeIn(props.contentFolder));
    this.clock = new WorldClock(this.state, functions, this.contents);
    this.recording = props.savable === true ? new Recording(this.state) : undefined;
    this.keeping = this.recording ?? KEEPS_NOTHING;
    this.faults = new WorldFaults(this.state, this.keeping);
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
    return this.deployRead(readDeclared(artifact, props, this.options));
  }

  /** Adds a resource that no artifact declares, and returns it with its ARN. */
  add(resource: AddedResource): StatefulResource {
    const { content, ...described } = resource;
    if (content !== undefined && this.recording !== undefined) {
      throw new RangeError('content must not be given to a World that is savable: its bytes are not saved');
    }
    return this.keeping.keep({ do: 'add', resource: described }, () => {
      const read = readInventoryEntry(described, 'World.add', '', this.options.env);
      this.state.addResource(read);
      if (content !== undefined) {
        this.contents.give(read.arn, content);
      }
      this.added.push(read);
      return read;
    });
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
      this.keeping.keep({ do: 'infect', resource: arn }, () => this.state.scans.infect(found));
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
    this.keeping.keep({ do: 'remove', resource: found.arn }, () => this.state.removeResource(found));
    this.added = this.added.filter(({ arn }) => arn !== found.arn);
  }

  /**
   * Writes the World to a file, for `World.load`: how it began, and everything that was done to it, which is tried before.
   *
   * @throws RangeError when it was not made `savable`, or when functions ran: what they answered is not kept
   */
  async save(file: string): Promise<void> {
    if (this.recording === undefined) {
      throw new RangeError('savable must be true for a World that is saved, got a World that keeps nothing');
    }
    if (this.functionRuns().some(({ runs }) => runs.length > 0)) {
      throw new RangeError('no function must have run in a World that is saved; a served World keeps what they answer');
    }
    const saved = savedWorld(this.props, this.recording.commands(), this.state.digest());
    await World.again(saved);
    writeSaved(file, saved);
  }

  /**
   * The World that was saved to a file, as it was: savable itself.
   *
   * @throws StoreFault when the file is damaged, of a newer Holdfast, or when another World comes of it
   */
  static async load(file: string): Promise<World> {
    return World.again(readSaved(file));
  }

  /** Moves the clock; everything that is due before the new instant happens. */
  async advance(stretch: Stretch): Promise<void> {
    const until = this.state.now + msOf(stretch);
    await this.keeping.keepLong({ do: 'advance', stretch }, () => this.clock.runUntil(until));
    await this.contents.drop(this.contents.takeLeftOver());
  }

  /**
   * What a resource holds: what it was added with, or what was restored into it.
   *
   * @param resource its ARN, or its name when no other resource has it
   * @throws RangeError when it is not there, or holds nothing
   */
  content(resource: string): Content {
    return this.contents.find(presentResource(this.state, resource));
  }

  /**
   * Has a function of yours look at what restore tests restored, each at the instant at which it is there; the clock stands
   * still meanwhile. Tests of selections without `ValidationWindowHours` are not validated, as on AWS.
   */
  validateRestores(validate: Validate): void {
    if (this.recording !== undefined) {
      throw new RangeError('validateRestores must not be used in a World that is savable: what it says is not saved');
    }
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
   * Why each recovery point of a resource exists, where, and when it may first be deleted; or why one does.
   *
   * @param asked ARN of the resource, or its name when no other resource has it; or ARN of a recovery point that is there
   */
  explain(asked: string): Explanation {
    return explain(this.state, asked, this.declared());
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
    return new ClientClass({
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'holdfast' },
      requestHandler: new InProcessHandler(this.answerer(principal), this.recording ? undefined : this.contents),
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
    return new Approvals(this.state, this.keeping);
  }

  /** Every alarm of CloudWatch with its state and how it came to it, by ARN in ascending order. */
  alarms(): AlarmView[] {
    return alarmsOf(this.state);
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
    this.keeping.keep({ do: 'listen' }, () => this.state.services.trail.listen());
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

  /** Does everything again. */
  private static async again({ begin, commands, digest }: SavedWorld): Promise<World> {
    const world = new World(begin);
    await redo(commands, {
      world,
      deploy: (read) => world.deployRead(read),
      settle: () => world.state.digest(),
      answerer: (principal) => world.answerer(principal),
    });
    refuseOther(digest, world.state.digest());
    return world;
  }

  /** Who answers a client: AWS, to a principal of its own. */
  private answerer(principal: string | undefined): Pick<Answerer, 'answer'> {
    const { recording } = this;
    const answerer = new Answerer(this.state, loadClient, {
      env: this.options.env,
      ...(principal !== undefined && { principalOf: () => principal }),
      ...(recording !== undefined && { onCall: recording.onCall }),
    });
    return recording === undefined ? answerer : recording.callsOf(answerer, principal);
  }

  /** Deploys what was read. */
  private deployRead(read: ReadResult): Deployed {
    return this.keeping.keep({ do: 'deploy', read }, () => {
      refuseByTemplate(read);
      deploy(this.state, read.estate);
      const deployed = { ...read, findings: findingsOf(read.estate, read.waivers ?? [], this.now.slice(0, 10)) };
      this.deployed.push(deployed);
      return deployed;
    });
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
