import { Environment, IValueProbe, ResourceNames, ServiceSupport } from '@holdfast/model';
import { TerraformDataSource, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { defaultProvider } from './environment';
import { Arguments, isSettled, referenceTo, renderedArguments, settled } from './rendered';
import { describeService, placeOf } from './resource-arn';
import { SYNTH } from './token-values';

/** The probe for what was read here: a reference is no value. */
export const READ_BACK: IValueProbe = { known: isSettled };

type Tags = Readonly<Record<string, string>>;

/** A resource with its arguments, name and place as far as they are known. */
export interface Known {
  readonly resource: TerraformResource;
  readonly values: Arguments;
  readonly env: Environment;
  readonly name: string;
  readonly declaredAt: string;
}

const VAULTS = ['aws_backup_vault', 'aws_backup_logically_air_gapped_vault'];

/** Types of AWS Backup that others refer to by their names. */
const NAMED = [...VAULTS, 'aws_backup_restore_testing_plan'];

/** Data sources that find a key, and the argument that may name it by an alias. */
const KEYS: Readonly<Record<string, string>> = { aws_kms_alias: 'name', aws_kms_key: 'key_id' };

/** Attributes of those by which a vault may name the key. */
const KEY_ATTRIBUTES = ['arn', 'id', 'key_id', 'target_key_arn', 'target_key_id'];

const MANAGED_ALIAS = /(^|:)alias\/aws\//;

/**
 * The resources of an app, whoever's constructs they are, each rendered when it is asked for.
 *
 * A reference becomes the ARN or the name where the author named the resource, and else a text that is equal for all who refer
 * to it. Places that providers leave open are taken for one place.
 */
export class AppReading {
  private readonly rendered = new Map<IConstruct, Arguments | undefined>();
  private readonly references: ReadonlyMap<string, string>;

  /**
   * @param root the app
   */
  constructor(public readonly root: IConstruct) {
    this.references = new Map(
      root.node
        .findAll()
        .flatMap((each) =>
          TerraformResource.isTerraformResource(each)
            ? this.referencesOf(each)
            : TerraformDataSource.isTerraformDataSource(each)
              ? this.keysOf(each)
              : [],
        ),
    );
  }

  /** The resources of some types at and below some constructs, in the order of the tree. */
  public within(roots: readonly IConstruct[], ...types: string[]): Known[] {
    return resourcesWithin(roots).flatMap((resource) =>
      types.includes(resource.terraformResourceType) ? this.know(resource) : [],
    );
  }

  /** What a resource is; none where it is moved into another. */
  public know(resource: TerraformResource): [Known] | [] {
    const rendered = this.render(resource);
    return rendered === undefined
      ? []
      : [
          {
            resource,
            values: this.substituted(rendered) as Arguments,
            env: this.environment(resource),
            name: this.nameOf(resource),
            declaredAt: declaredAt(resource),
          },
        ];
  }

  /** The ARN of what is backed up by itself; undefined for everything else. */
  public arnOf(resource: TerraformResource): string | undefined {
    const service = describeService(resource);
    return service && ServiceSupport.arn(service.id, this.environment(resource), this.nameOf(resource));
  }

  /** The tags that a resource will have, those that its provider gives everything among them; undefined where it has none. */
  public tagsOf({ resource, values }: Known): Record<string, string> | undefined {
    const tags = { ...(this.substituted(defaultTags(resource)) as Tags), ...(values.tags as Tags | undefined) };
    return Object.keys(tags).length === 0 ? undefined : tags;
  }

  private environment(resource: TerraformResource): Environment {
    const { partition, account, region } = placeOf(resource);
    const own = this.render(resource)?.region ?? region;
    const or = (value: unknown, other: string) =>
      typeof value === 'string' && SYNTH.known(value) && isSettled(value) ? value : other;
    return { partition: or(partition, 'aws'), account: or(account, '⟨account⟩'), region: or(own, '⟨region⟩') };
  }

  private render(element: TerraformResource | TerraformDataSource): Arguments | undefined {
    if (!this.rendered.has(element)) {
      this.rendered.set(element, renderedArguments(element));
    }
    return this.rendered.get(element);
  }

  /** The name as its author gave it, where it is known now. */
  private nameOf(resource: TerraformResource): string {
    const argument = nameArgument(resource);
    const given = argument === undefined ? undefined : this.render(resource)?.[argument];
    return typeof given === 'string' && isSettled(given) ? given : referenceOf(resource, argument ?? 'id');
  }

  /** What others write to refer to the resource, and what that comes to. */
  private referencesOf(resource: TerraformResource): (readonly [reference: string, value: string])[] {
    const { terraformResourceType: type } = resource;
    const isVault = VAULTS.includes(type);
    const arn = isVault ? this.vaultArn(resource) : this.arnOf(resource);
    const argument = nameArgument(resource);
    const arns = arn === undefined ? [] : [[referenceOf(resource, 'arn'), arn] as const];
    if (arn === undefined && argument === undefined) {
      return [];
    }
    // The id of all others that are named is their name; what has no name is told by its id.
    const isArn = type === 'aws_cloudformation_stack';
    const name = this.nameOf(resource);
    return [
      ...arns,
      ...(argument === undefined ? [] : [[referenceOf(resource, argument), name] as const]),
      ...(isArn || argument !== undefined
        ? [[referenceOf(resource, 'id'), isArn ? (arn ?? name) : name] as const]
        : []),
    ];
  }

  private vaultArn(resource: TerraformResource): string {
    const { partition, region, account } = this.environment(resource);
    return `arn:${partition}:backup:${region}:${account}:backup-vault:${this.nameOf(resource)}`;
  }

  /** A key that is found by the alias of one that AWS manages is that key. */
  private keysOf(source: TerraformDataSource): (readonly [reference: string, value: string])[] {
    const argument = KEYS[source.terraformResourceType];
    const alias = argument === undefined ? undefined : this.render(source)?.[argument];
    return typeof alias === 'string' && MANAGED_ALIAS.test(alias)
      ? KEY_ATTRIBUTES.map((attribute) => [referenceOf(source, attribute), alias] as const)
      : [];
  }

  private substituted(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replace(/⟨[^⟩]*⟩/g, (reference) => this.references.get(reference) ?? reference);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.substituted(item));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.substituted(item)]))
      : value;
  }
}

/** The resources at and below some constructs, in the order of the tree. */
export function resourcesWithin(roots: readonly IConstruct[]): TerraformResource[] {
  return roots
    .flatMap((root) => root.node.findAll())
    .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child));
}

/** What stands for an attribute of a resource or data source, whoever refers to it. */
export function referenceOf(element: TerraformResource | TerraformDataSource, attribute: string): string {
  const prefix = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  const address = `${prefix}${element.terraformResourceType}.${element.friendlyUniqueId}`;
  return referenceTo(TerraformStack.of(element), address, attribute);
}

/** The construct that an author wrote: the parent of `Resource`, which constructs call their main child. */
export function declaredAt({ node }: IConstruct): string {
  return node.path.replace(/(\/Resource)+$/, '');
}

function nameArgument({ terraformResourceType: type }: TerraformResource): string | undefined {
  return NAMED.includes(type) ? 'name' : ResourceNames.tryFindTerraform(type);
}

/** Tags that the provider gives everything that it makes. */
function defaultTags(resource: TerraformResource): unknown {
  const used = resource.provider ?? defaultProvider(TerraformStack.of(resource));
  const blocks: unknown = used === undefined ? undefined : Reflect.get(used, 'defaultTagsInput');
  const [block] = (Array.isArray(blocks) ? blocks : []) as { readonly tags?: Tags }[];
  return block === undefined ? {} : settled(resource, block.tags ?? {});
}
