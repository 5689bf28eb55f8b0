/**
 * CloudFormation stacks as declarations: one estate from all the stacks given.
 *
 * Pure: files come through `FileSource`.
 * Source   design.md section 2, "What ingest resolves".
 */
import type {
  BackupPlan,
  BackupSelection,
  BackupVault,
  Environment,
  LegalHold,
  LogicallyAirGappedVault,
  RegionSettings,
  ResourceShare,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { AccessDeclarations } from '../access';
import type { FileSource, NotRead, ReadOptions, ReadResult, Stranger } from '../artifact';
import { IngestRefusal } from '../artifact';
import { Listeners } from '../listeners';
import { placesOfLocksWithoutMinimum } from '../template-refusals';
import { HOLDFAST_KEY, waiversIn } from '../waivers';
import { OrganizationDeclarations } from '../organizations';
import { RestoreTestingDeclarations } from '../restore-testing';
import { isAccess, readAccess } from './access';
import { AuditDeclarations, isAudit, readAudit } from './audits';
import { LEGAL_HOLD, readLegalHold } from './legal-holds';
import { readPlan, readSelection } from './backup-plans';
import { readAirGappedVault, readVault } from './backup-vaults';
import type { Declaration } from './declaration';
import { DeclaredValue, refusalOf } from './declared-value';
import { findCircle } from './dependencies';
import { Evaluator } from './evaluator';
import { knownType } from './known-types';
import { isOrganization, readOrganization } from './organization';
import { isListener, readListener } from './listeners';
import { unreadProperties } from './read-properties';
import { Refusals } from './refusals';
import { strangerOf } from './resource-schemas';
import { readRegionSettings, REGION_SETTINGS } from './region-settings';
import { isRestoreTesting, readRestoreTesting } from './restore-testing';
import { isTierOrAccess, readTierOrAccess, TiersAndAccess } from './tiers-and-access';
import { readShare, RESOURCE_SHARE } from './shares';
import { StackTags } from './stack-tags';
import { selectedStacks } from './selected-stacks';
import type { Stack, StackSource } from './stack';
import { assetOf, NESTED_STACK, stacksOf } from './stack';
import { isStateful, readStateful } from './stateful-resources';
import type { ResourceDeclaration } from './template';
import { LANGUAGE_EXTENSIONS } from './template';
import { Unresolved } from './unresolved';

const VAULT = 'AWS::Backup::BackupVault';
const AIR_GAPPED_VAULT = 'AWS::Backup::LogicallyAirGappedBackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';
const TIMESTREAM_TABLE = 'AWS::Timestream::Table';
/** Types that decide nothing of the jobs: one that is known only after deployment is left out. */
const READ_WHERE_KNOWN = [isListener, isRestoreTesting, isAudit, isTierOrAccess];
const BACKUP_TYPES = new Set([VAULT, AIR_GAPPED_VAULT, PLAN, SELECTION, LEGAL_HOLD, REGION_SETTINGS]);

/**
 * The estate that stacks declare together.
 *
 * @throws IngestRefusal when a property that the engine reads cannot be known
 */
export function readCloudFormation(
  sources: readonly StackSource[],
  options: ReadOptions,
  files: FileSource,
): ReadResult {
  const stacks = stacksOf(sources, options, files);
  return new Reading(new Evaluator(stacks, options)).run();
}

/** One run over all stacks. */
class Reading {
  private readonly vaults: BackupVault[] = [];
  private readonly airGapped: LogicallyAirGappedVault[] = [];
  private readonly plans: { readonly id: string; readonly plan: BackupPlan; selections: BackupSelection[] }[] = [];
  private readonly selections: { planId: string; selection: BackupSelection; env: Environment; notRead: NotRead }[] =
    [];
  private readonly resources: StatefulResource[] = [];
  /** ARNs of the resources of each stack, by logical id. */
  private readonly members = new Map<Stack, Map<string, string>>();
  private readonly notRead: NotRead[] = [];
  private readonly strangers: Stranger[] = [];
  private readonly refusals: Refusals;
  private readonly listeners = new Listeners();
  private readonly restoreTesting = new RestoreTestingDeclarations();
  private readonly regionSettings: RegionSettings[] = [];
  private readonly legalHolds: LegalHold[] = [];
  private readonly shares: ResourceShare[] = [];
  private readonly tiersAndAccess: TiersAndAccess = { tieringConfigurations: [], restoreAccessVaults: [] };
  private readonly audits: AuditDeclarations = { frameworks: [], reportPlans: [] };
  private readonly waivers: Waiver[] = [];
  private readonly tags: StackTags;
  private readonly access = new AccessDeclarations();
  private readonly organizations = new OrganizationDeclarations();

  constructor(private readonly evaluator: Evaluator) {
    this.tags = new StackTags(evaluator);
    this.refusals = new Refusals(evaluator);
  }

  run(): ReadResult {
    for (const stack of this.evaluator.stacks) {
      this.readStack(stack);
    }
    this.refusals.settle(this.strangers);
    this.joinSelections();
    this.notRead.push(...this.access.strays());
    const organizationParts = this.organizations.strays();
    const listeners = this.listeners.together();
    const restoreTesting = this.restoreTesting.together();
    this.notRead.push(...listeners.notRead, ...restoreTesting.notRead);
    const plans = this.plans.map(({ plan, selections }) => (selections.length === 0 ? plan : { ...plan, selections }));
    this.resources.push(...selectedStacks(plans, this.members));
    const locksWithoutMinimum = placesOfLocksWithoutMinimum(this.vaults);
    return {
      ...(locksWithoutMinimum.length > 0 && { locksWithoutMinimum }),
      ...(this.strangers.length > 0 && { strangers: this.strangers }),
      ...(organizationParts.length > 0 && { organizationParts }),
      estate: {
        ...(this.vaults.length > 0 && { vaults: this.vaults }),
        ...(this.airGapped.length > 0 && { logicallyAirGappedVaults: this.airGapped }),
        ...(plans.length > 0 && { plans }),
        ...(this.resources.length > 0 && { resources: this.resources }),
        ...this.access.estate(),
        ...this.organizations.estate(),
        ...(restoreTesting.plans.length > 0 && { restoreTestingPlans: restoreTesting.plans }),
        ...(this.regionSettings.length > 0 && { regionSettings: this.regionSettings }),
        ...(this.legalHolds.length > 0 && { legalHolds: this.legalHolds }),
        ...withoutEmpty(this.tiersAndAccess),
        ...(this.shares.length > 0 && { resourceShares: this.shares }),
        ...withoutEmpty(this.audits),
        ...listeners.estate,
      },
      notRead: this.notRead,
      ...(this.waivers.length > 0 && { waivers: this.waivers }),
    };
  }

  private readStack(stack: Stack): void {
    if (!this.isStackDeclared(stack)) {
      return;
    }
    this.members.set(stack, new Map());
    const circle = findCircle(stack, this.evaluator);
    if (circle !== undefined) {
      throw new IngestRefusal(stack.file, '', `holds resources that wait for each other: ${circle.join(' -> ')}`);
    }
    for (const name of stack.template.transforms.filter((transform) => transform !== LANGUAGE_EXTENSIONS)) {
      this.leave(stack, 'Transform', name, 'a macro changes the template at deploy time; it is read as written');
    }
    for (const resource of stack.template.resources.values()) {
      this.refusals.attempt(resource, stack, () => this.readResource(resource, stack));
    }
  }

  private readResource(resource: ResourceDeclaration, stack: Stack): void {
    const { logicalId, type } = resource;
    const readWhereKnown = READ_WHERE_KNOWN.some((isOfIt) => isOfIt(type)) || type === RESOURCE_SHARE;
    const reads = BACKUP_TYPES.has(type) || isStateful(type) || readWhereKnown;
    const nested = stack.nested.has(logicalId);
    if (isAccess(type) || isOrganization(type)) {
      this.tryReadAccess(resource, stack);
      return;
    }
    if (!reads && !nested) {
      const unresolved = this.tryIsDeclared(resource, stack);
      if (unresolved !== false) {
        this.leave(stack, logicalId, type, reasonFor(type));
      }
      return;
    }
    if (nested || !(readWhereKnown ? this.isKnownlyDeclared(resource, stack) : this.isDeclared(resource, stack))) {
      return;
    }
    const declaration = this.declarationOf(resource, stack);
    for (const path of unreadProperties(type, declaration.properties)) {
      const stranger = strangerOf(type, path.slice(logicalId.length + 1));
      if (stranger === undefined) {
        this.leave(stack, path, type, 'this property is not modelled');
      } else {
        this.strangers.push({ path: `${stack.file}: ${path}`, type, ...stranger });
      }
    }
    this.readDeclaration(declaration, stack);
    const written = new DeclaredValue(this.evaluator, stack, `${logicalId}.Metadata`, resource.metadata);
    const holdfast = written.member(HOLDFAST_KEY);
    this.waivers.push(...waiversIn(holdfast.json(), stack.file, holdfast.path, declaration.declaredAt));
  }

  /** Keys, roles and organizations are read where they can be known: what nobody knows of them is not against anything. */
  private tryReadAccess(resource: ResourceDeclaration, stack: Stack): void {
    const declared = this.tryIsDeclared(resource, stack);
    try {
      if (declared === true) {
        const declaration = this.declarationOf(resource, stack);
        readAccess(declaration, this.access);
        readOrganization(declaration, this.organizations);
      } else if (declared === undefined) {
        this.leave(stack, resource.logicalId, resource.type, 'whether it is declared is not known before deployment');
      }
    } catch (error) {
      if (!(error instanceof IngestRefusal)) {
        throw error;
      }
      this.leave(stack, resource.logicalId, resource.type, `${error.place} ${error.why}`);
    }
  }

  private readDeclaration(declaration: Declaration, stack: Stack): void {
    const { env, logicalId, type } = declaration;
    switch (type) {
      case VAULT:
        this.vaults.push(readVault(declaration));
        return;
      case AIR_GAPPED_VAULT:
        this.airGapped.push(readAirGappedVault(declaration));
        return;
      case REGION_SETTINGS:
        this.regionSettings.push(readRegionSettings(declaration));
        return;
      case RESOURCE_SHARE: {
        const reason = readShare(declaration, this.shares);
        if (reason !== undefined) {
          this.leave(stack, logicalId, type, reason);
        }
        return;
      }
      case LEGAL_HOLD:
        this.legalHolds.push(readLegalHold(declaration));
        return;
      case PLAN: {
        const plan = readPlan(declaration);
        this.plans.push({ id: declaration.identity().name, plan, selections: [] });
        return;
      }
      case SELECTION: {
        const path = declaration.declaredAt;
        const { planId, selection } = readSelection(declaration);
        const reason = `its plan ${planId} is in no artifact given`;
        this.selections.push({ planId, selection, env, notRead: { path, type, reason } });
        return;
      }
      default: {
        if (READ_WHERE_KNOWN.some((isOfIt) => isOfIt(type))) {
          const reason = this.readWhereKnown(declaration);
          if (reason !== undefined) {
            this.leave(stack, logicalId, type, reason);
          }
          return;
        }
        const found = readStateful(declaration);
        if ('notRead' in found) {
          this.leave(stack, logicalId, type, found.notRead);
        } else {
          this.resources.push(...found);
          // Of a global table, the replica that is where the stack is.
          const [here] = found.filter(({ env: { region } }) => region === stack.env.region);
          if (here !== undefined) {
            this.members.get(stack)?.set(logicalId, here.arn);
          }
        }
      }
    }
  }

  /** Takes a declaration in; answers why it is left out, if it is. */
  private readWhereKnown(declaration: Declaration): string | undefined {
    const { type } = declaration;
    if (isListener(type)) {
      return readListener(declaration, this.listeners);
    }
    if (isAudit(type)) {
      return readAudit(declaration, this.audits);
    }
    return isTierOrAccess(type)
      ? readTierOrAccess(declaration, this.tiersAndAccess)
      : readRestoreTesting(declaration, this.restoreTesting);
  }

  private joinSelections(): void {
    const owners = new Map(this.plans.map((planned) => [`${place(planned.plan.env)}/${planned.id}`, planned]));
    for (const { planId, selection, env, notRead } of this.selections) {
      const owner = owners.get(`${place(env)}/${planId}`);
      if (owner === undefined) {
        this.notRead.push(notRead);
      } else {
        owner.selections.push(selection);
      }
    }
  }

  private declarationOf(resource: ResourceDeclaration, stack: Stack): Declaration {
    const { logicalId, type } = resource;
    const properties = new DeclaredValue(this.evaluator, stack, logicalId, resource.properties);
    return {
      logicalId,
      type,
      env: stack.env,
      declaredAt: `${stack.file}: ${logicalId}`,
      properties,
      identity: () => {
        // Read first, so that a refusal names the very property.
        for (const property of [
          knownType(type)?.nameProperty ?? [],
          type === TIMESTREAM_TABLE ? 'DatabaseName' : [],
        ].flat()) {
          properties.member(property).text();
        }
        try {
          return this.evaluator.references.identities.of(resource, stack);
        } catch (error) {
          throw error instanceof Unresolved ? refusalOf(error, stack.file, logicalId, { Ref: logicalId }) : error;
        }
      },
      asset: (key) => assetOf(stack, resource, key),
      withStackTags: (tags) => this.tags.over(stack, tags),
    };
  }

  private isStackDeclared(stack: Stack): boolean {
    const { parent } = stack;
    return (
      parent === undefined || (this.isStackDeclared(parent.stack) && this.isDeclared(parent.resource, parent.stack))
    );
  }

  /** Whether the resource's condition holds. */
  private isDeclared(resource: ResourceDeclaration, stack: Stack): boolean {
    const { condition, logicalId } = resource;
    if (condition === undefined) {
      return true;
    }
    const path = `${logicalId}.Condition`;
    const given = this.evaluator.override(stack, path);
    if (given !== undefined) {
      return given.value === true;
    }
    try {
      return this.evaluator.condition(condition, stack);
    } catch (error) {
      throw error instanceof Unresolved ? refusalOf(error, stack.file, path, { Condition: condition }) : error;
    }
  }

  /** The same for what decides nothing of the backups: it is left out when it is not known. */
  private isKnownlyDeclared(resource: ResourceDeclaration, stack: Stack): boolean {
    const declared = this.tryIsDeclared(resource, stack);
    if (declared === undefined) {
      this.leave(stack, resource.logicalId, resource.type, 'what it says is known only after deployment');
    }
    return declared === true;
  }

  /** The same, undefined when it is not known. */
  private tryIsDeclared(resource: ResourceDeclaration, stack: Stack): boolean | undefined {
    try {
      return this.isDeclared(resource, stack);
    } catch (error) {
      if (error instanceof IngestRefusal) {
        return undefined;
      }
      throw error;
    }
  }

  private leave(stack: Stack, place: string, type: string, reason: string): void {
    this.notRead.push({ path: `${stack.file}: ${place}`, type, reason });
  }
}

/** Lists that hold something. */
function withoutEmpty<T extends object>(lists: T): Partial<T> {
  const some = Object.entries(lists).filter(([, list]) => (list as unknown[]).length > 0);
  return Object.fromEntries(some) as Partial<T>;
}

function reasonFor(type: string): string {
  return type === NESTED_STACK ? 'the template of this nested stack is not at hand' : 'this type is not modelled';
}

function place({ account, region }: Environment): string {
  return `${account}/${region}`;
}
