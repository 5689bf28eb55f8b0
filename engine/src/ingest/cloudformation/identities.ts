/**
 * Names, ids and ARNs of a template's resources.
 *
 * Owns     the seeds of ids that services make: two resources that carry the same `Name` tag get different ids; and an
 *          index of the aliases of keys.
 * Source   known-types.ts for what `Ref` and `Fn::GetAtt` give.
 * Assumed  Decision 0003: an id follows from kind, environment and name. A name that CloudFormation would make follows from
 *          the stack's name and the logical id.
 */
import { frameworkArn } from '../../domain/frameworks';
import { reportPlanArn } from '../../domain/report-plans';
import { restoreTestingPlanArn } from '../../domain/restore-testing-plans';
import { generatedHex, generatedUuid } from '../../domain/generated-ids';
import { IngestRefusal } from '../artifact';
import { urlSuffixOf } from '../environments';
import {
  arnOf,
  distinctSeeds,
  generatedKeyId,
  generatedName,
  isIdGenerated,
  physicalName,
  seedText,
} from '../../domain/stateful-resources';
import { ORGANIZATION_IDS } from '../organizations';
import type { Evaluator } from './evaluator';
import { knownType } from './known-types';
import type { KnownType } from './known-types';
import { organizationId } from './organization';
import { FRAMEWORK, REPORT_PLAN } from './audits';
import { RESTORE_TESTING_PLAN } from './restore-testing';
import type { Stack } from './stack';
import type { ResourceDeclaration } from './template';
import { own } from '../../kernel/own';
import { intrinsicIn, isDictionary } from './template';
import { excerpt, NO_VALUE, Unresolved } from './unresolved';

/** Names and ARN of a resource. */
export interface Identity {
  /** As the ARN spells it. */
  readonly name: string;
  /** File system of an ONTAP volume, database of a Timestream table. */
  readonly parent?: string;
  readonly arn?: string;
}

export class Identities {
  private readonly seeds = new Map<string, Map<ResourceDeclaration, string> | 'being built'>();

  private readonly aliases = new Map<Stack, Map<string, ResourceDeclaration>>();

  constructor(private readonly evaluator: Evaluator) {}

  ref(resource: ResourceDeclaration, stack: Stack): string {
    return this.render(this.typeOf(resource).refTemplate, resource, stack);
  }

  attribute(resource: ResourceDeclaration, attribute: string, stack: Stack): string {
    if (resource.type === 'AWS::Organizations::Organization' && attribute === 'RootId') {
      return ORGANIZATION_IDS.root(stack.env);
    }
    const text = own(this.typeOf(resource).attributeTemplates ?? {}, attribute);
    if (text === undefined) {
      throw new Unresolved(`where attribute ${attribute} of an ${resource.type} is not known before deployment`);
    }
    return this.render(text, resource, stack);
  }

  /** Name and ARN of a resource whose type is in the table. */
  of(resource: ResourceDeclaration, stack: Stack): Identity {
    return this.evaluator.once(stack, resource.logicalId, () => this.find(resource, stack));
  }

  /** A text property of a resource, undefined when it is not written. */
  text(resource: ResourceDeclaration, path: string, stack: Stack): string | undefined {
    const given = this.evaluator.override(stack, `${resource.logicalId}.${path}`);
    const value = given === undefined ? this.property(resource, path, stack) : given.value;
    if (value === undefined || value === NO_VALUE || value === null) {
      return undefined;
    }
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Unresolved(`where ${resource.logicalId}.${path} must be text, got ${excerpt(value, 60)}`);
    }
    return String(value);
  }

  private property(resource: ResourceDeclaration, path: string, stack: Stack): unknown {
    let raw: unknown = resource.properties;
    for (const key of path.split('.')) {
      const { value } = this.evaluator.head(raw, stack);
      raw = isDictionary(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return raw === undefined ? undefined : this.evaluator.deep(raw, stack);
  }

  private typeOf(resource: ResourceDeclaration): KnownType {
    const type = knownType(resource.type);
    if (type === undefined) {
      throw new Unresolved(`where what an ${resource.type} is called is not known before deployment`);
    }
    return type;
  }

  private find(resource: ResourceDeclaration, stack: Stack): Identity {
    const type = this.typeOf(resource);
    const name = this.nameOf(type, resource, stack);
    if (resource.type === RESTORE_TESTING_PLAN) {
      return { name, arn: restoreTestingPlanArn(stack.env, name) };
    }
    if (resource.type === FRAMEWORK) {
      return { name, arn: frameworkArn(stack.env, name) };
    }
    if (resource.type === REPORT_PLAN) {
      return { name, arn: reportPlanArn(stack.env, name) };
    }
    if (type.service !== undefined) {
      const parent = this.parentOf(type.service, resource, stack);
      const arn = arnOf(type.service, stack.env, name, parent);
      return parent === undefined ? { name, arn } : { name, arn, parent };
    }
    return type.arnTemplate === undefined
      ? { name }
      : { name, arn: this.fill(type.arnTemplate, resource, stack, { name }) };
  }

  private nameOf(type: KnownType, resource: ResourceDeclaration, stack: Stack): string {
    const { env } = stack;
    const made = organizationId(resource.type, env, (property) => this.text(resource, property, stack));
    if (made !== undefined) {
      return made;
    }
    const given = type.nameProperty === undefined ? undefined : this.text(resource, type.nameProperty, stack);
    const address = `${stack.name}-${resource.logicalId}`;
    if (type.service !== undefined) {
      const seed = isIdGenerated(type.service) ? this.seedOf(resource, stack) : address;
      return physicalName(type.service, env, given, seed);
    }
    if (type.id === undefined) {
      return given ?? generatedName(resource.type, env, address);
    }
    const seed = resource.type === 'AWS::KMS::ReplicaKey' ? '' : this.seedOf(resource, stack);
    if (type.id === 'uuid') {
      return generatedUuid(resource.type, env, seed);
    }
    if (type.id === 'kms-key') {
      const primary = this.text(resource, 'PrimaryKeyArn', stack)?.split('/').at(-1);
      if (resource.type === 'AWS::KMS::ReplicaKey' && primary !== undefined) {
        return primary;
      }
      const multiRegion = this.text(resource, 'MultiRegion', stack) === 'true';
      return generatedKeyId(env, seed, multiRegion || resource.type === 'AWS::KMS::ReplicaKey');
    }
    return `${type.id.prefix}${generatedHex(resource.type, env, seed, type.id.digits)}`;
  }

  private parentOf(service: string, resource: ResourceDeclaration, stack: Stack): string | undefined {
    if (service === 'timestream') {
      return this.text(resource, 'DatabaseName', stack) ?? '';
    }
    if (service !== 'fsx-ontap') {
      return undefined;
    }
    const raw = isDictionary(resource.properties['OntapConfiguration'])
      ? resource.properties['OntapConfiguration']['StorageVirtualMachineId']
      : undefined;
    const target = targetOf(raw);
    const machine = target === undefined ? undefined : stack.template.resources.get(target);
    const fileSystem = machine === undefined ? undefined : this.text(machine, 'FileSystemId', stack);
    if (fileSystem !== undefined) {
      return fileSystem;
    }
    // Assumed: the file system of a storage virtual machine that is given by id alone follows from that id.
    const machineId = this.text(resource, 'OntapConfiguration.StorageVirtualMachineId', stack) ?? resource.logicalId;
    return `fs-${generatedHex('fsx', stack.env, machineId, 17)}`;
  }

  /** Distinct text that the id of a resource is made from. */
  private seedOf(resource: ResourceDeclaration, stack: Stack): string {
    const { account, region } = stack.env;
    const key = `${resource.type}/${account}/${region}`;
    const known = this.seeds.get(key);
    if (known === 'being built') {
      throw new Unresolved(`where the name of an ${resource.type} depends on another's id`);
    }
    const seeds = known ?? this.build(key, resource.type, stack);
    return seeds.get(resource) ?? `${stack.name}-${resource.logicalId}`;
  }

  private build(key: string, type: string, like: Stack): Map<ResourceDeclaration, string> {
    this.seeds.set(key, 'being built');
    const resources: ResourceDeclaration[] = [];
    const texts: string[] = [];
    for (const stack of this.evaluator.stacks) {
      if (stack.env.account !== like.env.account || stack.env.region !== like.env.region) {
        continue;
      }
      for (const resource of stack.template.resources.values()) {
        if (resource.type === type) {
          resources.push(resource);
          texts.push(this.seedTextOf(resource, stack));
        }
      }
    }
    const distinct = distinctSeeds(texts);
    const seeds = new Map(resources.map((resource, index) => [resource, distinct[index] ?? resource.logicalId]));
    this.seeds.set(key, seeds);
    return seeds;
  }

  private seedTextOf(resource: ResourceDeclaration, stack: Stack): string {
    const address = `${stack.name}-${resource.logicalId}`;
    try {
      return seedText({ address, nameTag: this.nameTag(resource, stack), name: this.seedName(resource, stack) });
    } catch (error) {
      if (error instanceof Unresolved || error instanceof IngestRefusal) {
        return address;
      }
      throw error;
    }
  }

  /** Name of what has an id: a plan's name, the alias of a key, the namespace, the volume. */
  private seedName(resource: ResourceDeclaration, stack: Stack): string | undefined {
    switch (resource.type) {
      case 'AWS::Backup::BackupPlan':
        return this.text(resource, 'BackupPlan.BackupPlanName', stack);
      case 'AWS::KMS::Key':
        return this.aliasOf(resource, stack);
      case 'AWS::RedshiftServerless::Namespace':
        return this.text(resource, 'NamespaceName', stack);
      case 'AWS::FSx::Volume':
        return this.text(resource, 'Name', stack);
      default:
        return undefined;
    }
  }

  private aliasOf(key: ResourceDeclaration, stack: Stack): string | undefined {
    const alias = this.aliasesIn(stack).get(key.logicalId);
    return alias === undefined ? undefined : this.text(alias, 'AliasName', stack);
  }

  /** The first alias of each key of a stack, by the key's logical id. */
  private aliasesIn(stack: Stack): Map<string, ResourceDeclaration> {
    const known = this.aliases.get(stack);
    if (known !== undefined) {
      return known;
    }
    const found = new Map<string, ResourceDeclaration>();
    for (const alias of stack.template.resources.values()) {
      const target = alias.type === 'AWS::KMS::Alias' ? targetOf(alias.properties['TargetKeyId']) : undefined;
      if (target !== undefined && !found.has(target)) {
        found.set(target, alias);
      }
    }
    this.aliases.set(stack, found);
    return found;
  }

  private nameTag(resource: ResourceDeclaration, stack: Stack): string | undefined {
    const { value: tags } = this.evaluator.head(
      resource.properties['Tags'] ?? resource.properties['FileSystemTags'] ?? [],
      stack,
    );
    for (const raw of Array.isArray(tags) ? tags : []) {
      const { value: tag } = this.evaluator.head(raw, stack);
      if (isDictionary(tag) && tag['Key'] === 'Name') {
        const value = this.evaluator.deep(tag['Value'], stack);
        return typeof value === 'string' ? value : undefined;
      }
    }
    return undefined;
  }

  private render(text: string, resource: ResourceDeclaration, stack: Stack): string {
    const property = /^\{([A-Z][A-Za-z]*)\}$/.exec(text)?.[1];
    const identity = property === undefined ? this.of(resource, stack) : { name: '' };
    return this.fill(text, resource, stack, identity);
  }

  private fill(text: string, resource: ResourceDeclaration, stack: Stack, identity: Identity): string {
    const { partition, region, account } = stack.env;
    const constants: Readonly<Record<string, string>> = {
      p: partition,
      r: region,
      a: account,
      u: urlSuffixOf(partition),
      name: identity.name,
      arn: identity.arn ?? '',
    };
    return text.replace(/\{([A-Za-z]+)(?:\|([^}]*))?\}/g, (_whole, key: string, otherwise: string | undefined) => {
      const value = constants[key] ?? this.text(resource, key, stack) ?? otherwise;
      if (value === undefined) {
        throw new Unresolved(`where ${resource.logicalId} has no ${key}`);
      }
      return value;
    });
  }
}

/** Logical id that a `Ref` or `Fn::GetAtt` names, as written. */
function targetOf(raw: unknown): string | undefined {
  const call = intrinsicIn(raw);
  const argument = call?.name === 'Fn::GetAtt' && Array.isArray(call.argument) ? call.argument[0] : call?.argument;
  return (call?.name === 'Ref' || call?.name === 'Fn::GetAtt') && typeof argument === 'string'
    ? argument.split('.')[0]
    : undefined;
}
